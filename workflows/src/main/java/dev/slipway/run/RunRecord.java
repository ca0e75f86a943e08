package dev.slipway.run;

import dev.slipway.pipeline.RunId;
import java.time.Instant;

/**
 * What the store keeps of every run from its start on, so that runs can be listed on every engine:
 * {@code runs/<application>/<number>/input}. Its final {@link RunState} stands beside it under
 * {@code state}.
 *
 * @param engine the identity of the engine that runs it
 */
public record RunRecord(RunInput input, String engine, Instant startedAt) {
  /** Where a run's input is kept. */
  public static String inputName(RunId id) {
    return folder(id) + "/input";
  }

  /** Where a run's final state is kept. */
  public static String stateName(RunId id) {
    return folder(id) + "/state";
  }

  private static String folder(RunId id) {
    return "runs/" + id;
  }
}
