package dev.slipway.activities.process;

import java.util.List;
import java.util.function.Predicate;

/** Ends processes whose worker can't end them any more. */
public final class Leftovers {
  private Leftovers() {}

  /**
   * Ends what earlier attempts of a step left on this machine, so that a new one has it alone.
   *
   * @return the processes that could not be ended
   */
  public static List<ProcessHandle> endOfStep(StepMarker attempt) {
    return end(
        marker ->
            marker.store().equals(attempt.store())
                && marker.key().equals(attempt.key())
                && !marker.attempt().equals(attempt.attempt()));
  }

  /**
   * Ends what dead workers left on this machine; for a worker's start.
   *
   * @param store identity of the worker's store
   * @return the processes that could not be ended
   */
  public static List<ProcessHandle> endOfDeadWorkers(String store) {
    return end(marker -> marker.store().equals(store) && !marker.worker().isAlive());
  }

  private static List<ProcessHandle> end(Predicate<StepMarker> which) {
    return Ending.end(() -> SystemProcesses.marked(which), Ending.GRACE);
  }
}
