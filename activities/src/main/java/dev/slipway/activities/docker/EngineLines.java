package dev.slipway.activities.docker;

import dev.slipway.activities.process.CleanText;
import java.util.function.Consumer;

/**
 * Makes lines of the pieces in which an engine tells what happens; what is too long or too much is
 * cut. For one thread.
 */
final class EngineLines {
  private static final int LONGEST = 4096;
  private static final long MOST = 16L << 20;

  private final Consumer<String> lines;
  private final StringBuilder line = new StringBuilder();
  private long total;
  private boolean cut;

  EngineLines(Consumer<String> lines) {
    this.lines = lines;
  }

  void add(String piece) {
    for (var i = 0; i < piece.length(); i++) {
      var c = piece.charAt(i);
      if (c == '\n' || c == '\r') {
        end();
      } else if (line.length() < LONGEST) {
        line.append(c);
      }
    }
  }

  /** Says what stands in a line that has no end yet. */
  void end() {
    var text = CleanText.of(line.toString()).stripTrailing();
    line.setLength(0);
    if (text.isEmpty() || cut) {
      return;
    }
    total += text.length();
    cut = total > MOST;
    lines.accept(cut ? "… output cut after %d MiB".formatted(MOST >> 20) : text);
  }
}
