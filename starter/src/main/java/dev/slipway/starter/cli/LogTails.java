package dev.slipway.starter.cli;

import dev.slipway.activities.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads on in growing logs, each from where it was left. */
final class LogTails {
  private static final int MOST = 256 * 1024;

  private final Store store;
  private final Map<String, Tail> tails = new HashMap<>();

  private record Tail(long read, String last) {}

  LogTails(Store store) {
    this.store = store;
  }

  /** The last whole line that a log has now; empty before its first. */
  String lastLine(String log) throws IOException {
    var tail = tails.getOrDefault(log, new Tail(0, ""));
    while (true) {
      var bytes = store.readLog(log, tail.read(), MOST);
      if (bytes.length == 0) {
        break;
      }
      var text = new String(bytes, StandardCharsets.UTF_8);
      var last = text.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b);
      tail = new Tail(tail.read() + bytes.length, last.orElse(tail.last()));
    }
    tails.put(log, tail);
    return tail.last();
  }
}
