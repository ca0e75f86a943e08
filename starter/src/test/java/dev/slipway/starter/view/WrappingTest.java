package dev.slipway.starter.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrappingTest {
  @Test
  void breaksBetweenWords() {
    assertThat(Wrapping.lines("one two three four five six seven", 20))
        .containsExactly("one two three four", "five six seven");
  }

  @Test
  void keepsLineBreaksAndIndentation() {
    assertThat(Wrapping.lines("said:\n    one\n\nend", 20))
        .containsExactly("said:", "    one", "", "end");
  }

  @Test
  void leavesAWordWhole() {
    assertThat(Wrapping.lines("see https://shop.example/health now", 20))
        .containsExactly("see", "https://shop.example/health", "now");
    assertThat(Wrapping.lines("    https://shop.example/health", 20))
        .containsExactly("    https://shop.example/health");
  }

  @Test
  void coloursTakeNoRoom() {
    assertThat(Wrapping.lines("\u001b[31mone\u001b[0m two three four five", 20))
        .containsExactly("\u001b[31mone\u001b[0m two three four", "five");
  }

  @Test
  void whatDoesNotFitHangsBelow() {
    assertThat(Wrapping.hanging("  ✗ unit  eleven of the tests failed", 26))
        .containsExactly("  ✗ unit  eleven of", "      the tests failed");
    assertThat(Wrapping.hanging("\u001b[2m    | said by a long program\u001b[0m", 26).getLast())
        .startsWith("        ");
    assertThat(Wrapping.hanging("short", 26)).containsExactly("short");
  }
}
