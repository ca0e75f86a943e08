package dev.slipway.starter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.activities.store.Store;
import dev.slipway.pipeline.RunId;
import dev.slipway.starter.cli.LogPrinter.StepLogName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** The logs that the store has of a run: all there is while nobody can be asked about the run. */
final class StoredLogs {
  private static final String ENDING = ".log";

  /** As many bytes of a log's first line as its time takes at most. */
  private static final int TIME = 24;

  private StoredLogs() {}

  /** In the order in which they were begun. */
  static List<StepLogName> of(Store store, RunId run) throws IOException {
    var root = "logs/%s/%d".formatted(run.application(), run.number());
    var logs = new ArrayList<StepLogName>();
    for (var stage : store.list(root)) {
      for (var step : store.list(root + "/" + stage)) {
        var folder = "%s/%s/%s".formatted(root, stage, step);
        for (var name : store.list(folder)) {
          if (name.matches("[0-9]{1,9}\\" + ENDING)) {
            var round = Integer.parseInt(name.substring(0, name.length() - ENDING.length()));
            logs.add(new StepLogName(stage, step, round, folder + "/" + name));
          }
        }
      }
    }
    var begun = new TreeMap<String, String>();
    for (var log : logs) {
      begun.put(log.name(), new String(store.readLog(log.name(), 0, TIME), UTF_8));
    }
    logs.sort(Comparator.comparing(log -> begun.getOrDefault(log.name(), "")));
    return logs;
  }
}
