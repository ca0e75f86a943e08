package dev.slipway.starter.cli;

import dev.slipway.pipeline.RunId;
import dev.slipway.run.RunInput;
import dev.slipway.run.RunRecord;
import dev.slipway.starter.local.TroubleException;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Starts runs of every kind. */
record RunStart(Surroundings surroundings) {
  /** Allots the application's next number, and starts the run in Temporal. */
  RunId start(String application, RunInput.Kind kind)
      throws TroubleException, IOException, InterruptedException {
    try (var client = surroundings.client()) {
      var record =
          surroundings
              .index()
              .allot(
                  application,
                  id -> new RunInput(id, kind, surroundings.user()),
                  input ->
                      new RunRecord(
                          input,
                          client.engineIdentity(),
                          Instant.now().truncatedTo(ChronoUnit.MILLIS)));
      client.start(record.input());
      return record.input().id();
    }
  }
}
