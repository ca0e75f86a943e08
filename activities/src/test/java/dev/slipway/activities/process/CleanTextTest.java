package dev.slipway.activities.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CleanTextTest {
  @ParameterizedTest
  @CsvSource({
    "plain text, plain text",
    "'tab\tstays', 'tab\tstays'",
    "'\u001b[1;31mred\u001b[0m', 'red'",
    "'\u001b]0;title\u0007after', 'after'",
    "'\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\!', 'link!'",
    "'\u001b(Bset', 'set'",
    "'\u001b[?25lhidden\u001b[K', 'hidden'",
    "bell\u0007and\u0000nul, bellandnul",
    "c1\u009b31m, c131m",
    "cut\u001b[, cut",
    "cut\u001b, cut",
    "cut\u001b]0;, cut",
    "ä €, ä €"
  })
  void onlyTextIsLeft(String raw, String clean) {
    assertThat(CleanText.of(raw)).isEqualTo(clean);
  }
}
