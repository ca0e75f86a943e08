package dev.slipway.run;

import dev.slipway.action.FailureType;
import dev.slipway.pipeline.Step;
import java.time.Duration;
import java.util.Optional;

/** Decides whether a failed step is tried again, and when. */
final class RetryDecider {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private RetryDecider() {}

  /**
   * The wait before the next try; empty when there is none.
   *
   * @param tries how many there were in this attempt of the stage
   */
  static Optional<Duration> nextTry(Step step, FailureType failure, int tries) {
    var retry = step.retry();
    if (retry != null) {
      return failure.mayBeRetried() && tries < retry.maxAttempts()
          ? Optional.of(wait(retry.interval(), retry.backoff(), tries))
          : Optional.empty();
    }
    return tries < failure.tries()
        ? Optional.of(wait(failure.interval(), 2, tries))
        : Optional.empty();
  }

  private static Duration wait(Duration first, double backoff, int tries) {
    var millis = first.toMillis() * Math.pow(backoff, tries - 1.0);
    if (!(millis > 0)) {
      return Duration.ZERO;
    }
    return millis >= LONGEST_WAIT.toMillis() ? LONGEST_WAIT : Duration.ofMillis((long) millis);
  }
}
