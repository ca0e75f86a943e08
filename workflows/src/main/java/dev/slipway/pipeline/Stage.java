package dev.slipway.pipeline;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps that belong together, and the gate behind them.
 *
 * @param needs stages that must have passed before
 * @param environment whose lock it takes and where it records a release
 * @param redeploy whether a retry repeats every step instead of the failed one and its dependents
 */
public record Stage(
    String name,
    List<Step> steps,
    Gate gate,
    OnFailure onFailure,
    RetryConfig retry,
    List<String> needs,
    @Nullable String environment,
    boolean redeploy) {
  /** What happens when a step fails or the gate says no. */
  public enum OnFailure {
    /** Block, notify, undo. */
    STOP,
    /** Repeat, then stop. */
    RETRY,
    /** Mark the stage skipped and go on with stages that have no environment. */
    SKIP
  }

  /**
   * How a stage is retried.
   *
   * @param maxAttempts retries after the first execution
   * @param interval multiplied by the retry's number
   */
  public record RetryConfig(int maxAttempts, Duration interval) {
    /** No retry. */
    public static final RetryConfig NONE = new RetryConfig(0, Duration.ZERO);
  }

  public Stage {
    steps = List.copyOf(steps);
    needs = List.copyOf(needs);
  }
}
