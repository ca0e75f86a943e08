package dev.slipway.run;

import dev.slipway.gate.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a stage stands.
 *
 * @param environment that it changes; null when it changes none
 * @param attempt 1 for the first, one more for each retry of the stage
 * @param verdict of its gate, once it was judged
 * @param note what it waits for or why it ended so, one line
 */
public record StageState(
    String name,
    @Nullable String environment,
    Status status,
    int attempt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    List<StepState> steps,
    @Nullable Verdict verdict,
    @Nullable String note) {
  /** Where a stage stands. */
  public enum Status {
    PENDING,
    /** Waits for a person. */
    WAITING,
    /** Waits for its environment. */
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    SKIPPED
  }
}
