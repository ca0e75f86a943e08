package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepFailure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a rollout does not get on.
 *
 * @param patience how long it may last before the rollout has failed
 * @param printed by which pod and container something was that explains it; null when nothing was
 */
record Trouble(
    FailureType type, String happened, String advice, Duration patience, @Nullable Source printed) {
  /** Where a log comes from. */
  record Source(String pod, String container) {}

  /** Whether it is the same one as before, whatever its words are by now. */
  boolean isLike(@Nullable Trouble other) {
    return other != null && type == other.type && advice.equals(other.advice);
  }

  StepFailedException failure(List<String> lastLines) {
    var said = lastLines.isEmpty() ? "" : ", and printed: " + lastLines.getLast();
    return new StepFailedException(
        StepFailure.of(type, happened + said, advice).withLog(null, lastLines));
  }
}
