package dev.slipway.activities.process;

import java.util.Map;
import java.util.Optional;

/**
 * What marks every process of an attempt, in its environment, so that it is found again however far
 * it forked away from its parent.
 *
 * @param store identity of the store whose runs the worker performs: another installation on the
 *     same machine has another
 * @param key the step's key as a path
 * @param attempt names the attempt among those of its key
 * @param program which of the attempt's programs it belongs to, in the order of their starts
 * @param worker the process that performs it
 */
public record StepMarker(
    String store, String key, String attempt, long program, WorkerProcess worker) {
  static final String STEP = "SLIPWAY_STEP";
  static final String WORKER = "SLIPWAY_WORKER";
  private static final String BETWEEN = "|";

  /** Marks an attempt that this process performs. */
  public static StepMarker of(String store, String key, String attempt) {
    return new StepMarker(store, key, attempt, 0, WorkerProcess.current());
  }

  StepMarker ofProgram(long number) {
    return new StepMarker(store, key, attempt, number, worker);
  }

  Map<String, String> variables() {
    return Map.of(
        STEP,
        String.join(BETWEEN, store, key, attempt, Long.toString(program)),
        WORKER,
        worker.text());
  }

  static Optional<StepMarker> of(Map<String, String> environment) {
    var step = environment.getOrDefault(STEP, "").split("\\|", -1);
    return step.length == 4 && step[3].matches("\\d{1,18}")
        ? WorkerProcess.parse(environment.getOrDefault(WORKER, ""))
            .map(
                worker ->
                    new StepMarker(step[0], step[1], step[2], Long.parseLong(step[3]), worker))
        : Optional.empty();
  }
}
