package dev.slipway.activities.environment;

import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.Release;
import dev.slipway.pipeline.EnvironmentSpec;
import java.time.Instant;
import java.util.List;

/** What an empty ledger begins with where something runs already. */
public final class Adoption {
  private Adoption() {}

  /**
   * @param running what runs there, which says by its labels which release it is
   * @param state the environment's, with what runs
   */
  public static LedgerEvent.Adopted of(
      Deployment running, EnvironmentSpec spec, EnvironmentState state, Instant at) {
    var labels = running.labels();
    return new LedgerEvent.Adopted(
        new Release(
            labels.release(),
            labels.run(),
            null,
            spec,
            state,
            List.of(),
            List.of(
                labels.commit() == null
                    ? "found running; nobody knows its commit"
                    : "found running with commit " + labels.commit()),
            at,
            List.of()));
  }
}
