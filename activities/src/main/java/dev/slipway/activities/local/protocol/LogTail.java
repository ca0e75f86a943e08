package dev.slipway.activities.local.protocol;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of what a process printed. */
public final class LogTail {
  private static final int MOST_BYTES = 8 * 1024;
  private static final int MOST_LINES = 15;

  private LogTail() {}

  /** The last lines of a log; none when there is no log. */
  public static List<String> of(Path log) {
    if (!Files.exists(log)) {
      return List.of();
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - MOST_BYTES));
      var bytes = new byte[(int) Math.min(MOST_BYTES, file.length() - file.getFilePointer())];
      file.readFully(bytes);
      var lines =
          new String(bytes, StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank())
              .toList();
      return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
    } catch (IOException e) {
      return List.of("(its log can't be read: " + e.getMessage() + ")");
    }
  }
}
