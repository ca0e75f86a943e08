package dev.slipway.starter.terminal;

import dev.slipway.starter.view.Paint;
import java.io.PrintWriter;
import java.util.List;

/**
 * Lines at the end of the terminal that are written anew in place. Uses the oldest ANSI codes only,
 * and one write for each picture, so that nothing flickers.
 */
public final class LiveScreen {
  private static final String ESCAPE = "\u001b[";

  private final PrintWriter out;
  private int shown;

  public LiveScreen(PrintWriter out) {
    this.out = out;
  }

  /** Shows these lines in place of the ones before; those that do not fit are cut. */
  public synchronized void show(List<String> lines, Terminal.Size size) {
    var fitting = fitting(lines, size.rows() - 1);
    var picture = new StringBuilder(ESCAPE + "?25l" + back());
    for (var line : fitting) {
      picture.append(ESCAPE).append("2K").append(Paint.cut(line, size.columns() - 1)).append('\n');
    }
    picture.append(ESCAPE).append("J").append(ESCAPE).append("?25h");
    out.print(picture);
    out.flush();
    shown = fitting.size();
  }

  /** The first line says what it is; of the others the last ones are the newest. */
  private static List<String> fitting(List<String> lines, int most) {
    if (lines.size() <= most) {
      return lines;
    }
    var tail = lines.subList(lines.size() - most + 1, lines.size());
    var all = new java.util.ArrayList<String>();
    all.add(lines.getFirst());
    all.addAll(tail);
    return all;
  }

  private String back() {
    return shown == 0 ? "" : ESCAPE + shown + "A\r";
  }

  /** Leaves what is shown where it is; the next picture begins below. */
  public synchronized void keep() {
    shown = 0;
  }

  /** Takes away what is shown. */
  public synchronized void clear() {
    out.print(back() + ESCAPE + "J");
    out.flush();
    shown = 0;
  }
}
