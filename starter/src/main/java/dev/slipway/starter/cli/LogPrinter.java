package dev.slipway.starter.cli;

import dev.slipway.activities.store.Store;
import dev.slipway.starter.terminal.Terminal;
import dev.slipway.starter.view.Times;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints logs, each from where it was left. */
final class LogPrinter {
  private static final int MOST = 256 * 1024;

  private final Store store;
  private final Terminal terminal;
  private final boolean titled;
  private final Map<String, Long> printed = new HashMap<>();
  private String title = "";

  /** A step's log. */
  record StepLogName(String stage, String step, int round, String name) {}

  LogPrinter(Store store, Terminal terminal, boolean titled) {
    this.store = store;
    this.terminal = terminal;
    this.titled = titled;
  }

  /** Prints what the log has more than the last time. */
  void print(StepLogName log) throws IOException {
    while (true) {
      var from = printed.getOrDefault(log.name(), 0L);
      var bytes = wholeLines(store.readLog(log.name(), from, MOST));
      if (bytes.length == 0) {
        return;
      }
      printTitle(log);
      terminal.out().print(shown(new String(bytes, StandardCharsets.UTF_8)));
      terminal.out().flush();
      printed.put(log.name(), from + bytes.length);
    }
  }

  /** A person reads the time of day; programs read the instants as they were written. */
  private String shown(String text) {
    if (!terminal.interactive()) {
      return text;
    }
    var zone = ZoneId.systemDefault();
    return Arrays.stream(text.splitWithDelimiters("\n", 0))
        .map(line -> Times.onTheClock(line, zone))
        .collect(Collectors.joining());
  }

  /** Up to the last line's end, so that no character and no line is torn. */
  private static byte[] wholeLines(byte[] bytes) {
    for (var at = bytes.length; at > 0; at--) {
      if (bytes[at - 1] == '\n') {
        return Arrays.copyOf(bytes, at);
      }
    }
    return bytes.length == MOST ? bytes : new byte[0];
  }

  private void printTitle(StepLogName log) {
    var wanted =
        "%s / %s%s"
            .formatted(log.stage(), log.step(), log.round() > 1 ? ", round " + log.round() : "");
    if (titled && !title.equals(wanted)) {
      terminal.out().println(terminal.paint().bold("== " + wanted));
      title = wanted;
    }
  }

  /** The whole log. */
  String text(StepLogName log) throws IOException {
    var all = new ByteArrayOutputStream();
    while (true) {
      var bytes = store.readLog(log.name(), all.size(), MOST);
      if (bytes.length == 0) {
        return all.toString(StandardCharsets.UTF_8);
      }
      all.writeBytes(bytes);
    }
  }
}
