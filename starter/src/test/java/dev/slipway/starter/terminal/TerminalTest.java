package dev.slipway.starter.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.starter.terminal.Terminal.Size;
import dev.slipway.starter.view.Paint;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void theSizeIsWhatTheTerminalSays() {
    assertThat(Size.of("40 80\n")).isEqualTo(new Size(40, 80));
    assertThat(Size.of("1 1\n")).isEqualTo(new Size(5, 20));
  }

  @Test
  void aTerminalThatDoesNotKnowItsSizeHasTheUsualOne() {
    assertThat(Size.of("0 0\n")).isEqualTo(Size.USUAL);
    assertThat(Size.of("stty: not a tty")).isEqualTo(Size.USUAL);
    assertThat(Size.of("")).isEqualTo(Size.USUAL);
  }

  @Test
  void whatProgramsReadIsNotBroken() throws InterruptedException {
    var nowhere = new PrintWriter(new StringWriter());
    assertThat(new Terminal(nowhere, nowhere, false, Paint.PLAIN).columns())
        .isEqualTo(Integer.MAX_VALUE);
  }
}
