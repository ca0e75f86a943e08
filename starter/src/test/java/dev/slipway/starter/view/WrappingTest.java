package dev.slipway.starter.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrappingTest {
  @Test
  void breaksBetweenWords() {
    assertThat(Wrapping.lines("one two three four", 9)).containsExactly("one two", "three", "four");
  }

  @Test
  void keepsLineBreaksAndIndentation() {
    assertThat(Wrapping.lines("said:\n    one\n\nend", 9))
        .containsExactly("said:", "    one", "", "end");
  }

  @Test
  void leavesAWordWhole() {
    assertThat(Wrapping.lines("see https://shop.example/health now", 10))
        .containsExactly("see", "https://shop.example/health", "now");
    assertThat(Wrapping.lines("    https://shop.example/health", 10))
        .containsExactly("    https://shop.example/health");
  }
}
