package dev.slipway.starter.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaintTest {
  @Test
  void columnsAlignWhateverTheirColours() {
    var table = new Table(Paint.COLOURS, "RUN", "STATUS");
    table.row("shop/9", Paint.COLOURS.green("ok"));
    table.row("shop/10", "-");

    assertThat(table.lines().stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
        .containsExactly("RUN      STATUS", "shop/9   ok", "shop/10  -");
  }

  @Test
  void aLongLineIsCutByWhatIsSeenAndItsColourEnds() {
    assertThat(Paint.cut(Paint.COLOURS.red("abcdef"), 3)).isEqualTo("\u001b[31mab…\u001b[0m");
    assertThat(Paint.cut("abcdef", 3)).isEqualTo("ab…");
    assertThat(Paint.cut("abc", 3)).isEqualTo("abc");
  }

  @Test
  void plainPaintHasNoCodes() {
    assertThat(Paint.PLAIN.red("a") + Paint.ASCII.bold("b")).isEqualTo("ab");
  }

  @Test
  void timesAreRelativeForPeople() {
    var now = Instant.parse("2026-01-05T12:00:00Z");

    assertThat(Times.relative(now.minusSeconds(90), now)).isEqualTo("1m ago");
    assertThat(Times.relative(now.plus(Duration.ofMinutes(119)), now)).isEqualTo("in 1h 59m");
    assertThat(Times.relative(now.minus(Duration.ofDays(9)), now)).isEqualTo("9d ago");
    assertThat(Times.relative(now, now)).isEqualTo("now");
  }
}
