package dev.slipway.starter.terminal;

import dev.slipway.starter.view.Paint;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a command prints to, and whether a person sits there.
 *
 * @param out results
 * @param err remarks and failures
 * @param interactive whether a person reads and types
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean interactive, Paint paint) {
  /** The terminal, or whatever else stands at the process's ends. */
  public static Terminal ofProcess(Map<String, String> env) {
    // Whether there is a console without a terminal differs from one JDK to the next.
    var terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    var colours =
        terminal
            && env.getOrDefault("NO_COLOR", "").isEmpty()
            && !env.getOrDefault("TERM", "").equals("dumb");
    var charset = Charset.forName(System.getProperty("stdout.encoding", "UTF-8"));
    // A pipe and a C locale take UTF-8 as any other bytes; only a terminal may lack the signs.
    var signs = !terminal || charset.newEncoder().canEncode('✓');
    return new Terminal(
        writer(System.out, signs ? StandardCharsets.UTF_8 : charset),
        writer(System.err, signs ? StandardCharsets.UTF_8 : charset),
        terminal,
        paint(colours, signs));
  }

  private static PrintWriter writer(PrintStream stream, Charset charset) {
    return new PrintWriter(stream, true, charset);
  }

  private static Paint paint(boolean colours, boolean signs) {
    if (colours) {
      return signs ? Paint.COLOURS : Paint.ASCII_COLOURS;
    }
    return signs ? Paint.PLAIN : Paint.ASCII;
  }

  /**
   * Rows and columns.
   *
   * @param rows at least 5
   * @param columns at least 20
   */
  public record Size(int rows, int columns) {
    public static final Size USUAL = new Size(24, 100);

    /** What {@code stty size} says; a terminal that does not know its size says 0. */
    static Size of(String stty) {
      var numbers = stty.strip().split(" ", -1);
      if (!stty.strip().matches("[1-9][0-9]{0,4} [1-9][0-9]{0,4}")) {
        return USUAL;
      }
      return new Size(
          Math.max(5, Integer.parseInt(numbers[0])), Math.max(20, Integer.parseInt(numbers[1])));
    }
  }

  /** The size now, which changes when a person pulls at the window. */
  public Size size() throws InterruptedException {
    if (!interactive) {
      return Size.USUAL;
    }
    try {
      var stty =
          new ProcessBuilder("stty", "size").redirectInput(ProcessBuilder.Redirect.INHERIT).start();
      var answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      stty.waitFor(1, TimeUnit.SECONDS);
      return Size.of(answer);
    } catch (IOException e) {
      return Size.USUAL; // no stty, no size
    }
  }

  /** Where a line must end: at the terminal's edge; elsewhere nowhere, since programs read it. */
  public int columns() throws InterruptedException {
    return interactive ? size().columns() : Integer.MAX_VALUE;
  }
}
