package dev.slipway.starter.client;

import dev.slipway.activities.store.Store;
import dev.slipway.json.Json;
import dev.slipway.pipeline.RunId;
import dev.slipway.run.RunInput;
import dev.slipway.run.RunRecord;
import dev.slipway.run.RunState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The runs that the store knows, on whichever engine they ran. */
public final class RunIndex {
  private static final String FOLDER = "runs";

  private final Store store;

  public RunIndex(Store store) {
    this.store = store;
  }

  /** Every application that ever had a run. */
  public List<String> applications() throws IOException {
    return store.list(FOLDER);
  }

  /** An application's runs, newest first. */
  public List<RunId> runs(String application) throws IOException {
    var runs = new ArrayList<RunId>();
    for (var number : store.list(FOLDER + "/" + application)) {
      RunId.parse(application + "/" + number).ifPresent(runs::add);
    }
    runs.sort(Comparator.comparingLong(RunId::number).reversed());
    return runs;
  }

  /** Every application's runs, the latest started first. */
  public List<RunRecord> allRuns() throws IOException {
    var records = new ArrayList<RunRecord>();
    for (var application : applications()) {
      for (var run : runs(application)) {
        record(run).ifPresent(records::add);
      }
    }
    records.sort(Comparator.comparing(RunRecord::startedAt).reversed());
    return records;
  }

  /** What a run was started with. */
  public Optional<RunRecord> record(RunId run) throws IOException {
    return store.read(RunRecord.inputName(run)).map(json -> Json.read(json, RunRecord.class));
  }

  /** A run's final state; empty while it is open. */
  public Optional<RunState> finalState(RunId run) throws IOException {
    return store.read(RunRecord.stateName(run)).map(json -> Json.read(json, RunState.class));
  }

  /**
   * Allots the application's next number; processes that do so at once get different ones.
   *
   * @param input makes the run's input with the number that it got
   */
  public RunRecord allot(
      String application, Function<RunId, RunInput> input, Function<RunInput, RunRecord> record)
      throws IOException {
    var newest = runs(application);
    var number = newest.isEmpty() ? 1 : newest.getFirst().number() + 1;
    while (true) {
      var id = new RunId(application, number);
      var wanted = record.apply(input.apply(id));
      if (store.create(RunRecord.inputName(id), Json.bytes(wanted))) {
        return wanted;
      }
      number++;
    }
  }
}
