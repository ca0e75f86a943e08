package dev.slipway.activities.step;

import dev.slipway.action.FailureType;
import dev.slipway.activities.store.Store;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepKey;
import dev.slipway.step.StepOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What steps answered, so that one that is asked for again answers the same without working. */
final class Outcomes {
  private final Store store;

  Outcomes(Store store) {
    this.store = store;
  }

  Optional<StepOutcome> find(StepKey key) throws IOException {
    var record = store.read(name(key));
    try {
      return record.map(bytes -> Json.read(bytes, StepOutcome.class));
    } catch (UncheckedIOException e) {
      throw new IOException("the recorded outcome of " + key + " can't be read", e);
    }
  }

  /** Records an outcome, and answers the one that counts: the first. */
  StepOutcome record(StepKey key, StepOutcome outcome) throws IOException, StepFailedException {
    var bytes = Json.bytes(outcome);
    if (bytes.length > StepOutcome.MOST_BYTES) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the step's outcome has %d bytes, more than the %d that fit into a run"
              .formatted(bytes.length, StepOutcome.MOST_BYTES),
          "Use fewer reports or shorter outputs; keep the rest as an artifact.");
    }
    return store.create(name(key), bytes) ? outcome : find(key).orElse(outcome);
  }

  private static String name(StepKey key) {
    return "outcomes/" + key.path();
  }
}
