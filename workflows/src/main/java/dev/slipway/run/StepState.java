package dev.slipway.run;

import dev.slipway.artifact.ArtifactRef;
import dev.slipway.artifact.Digest;
import dev.slipway.evidence.Evidence;
import dev.slipway.step.StepFailure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a step stands.
 *
 * @param round its execution, 0 before the first
 * @param logName names the log in the store while the step works and afterwards; null before
 * @param summary of its outcome
 * @param failure of its last round
 */
public record StepState(
    String name,
    String action,
    Status status,
    int round,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String logName,
    @Nullable String summary,
    List<Evidence> evidence,
    List<ArtifactRef> artifacts,
    @Nullable StepFailure failure,
    @Nullable Digest log) {
  /** Where a step stands. */
  public enum Status {
    PENDING,
    RUNNING,
    /** Failed, and waits for its next round. */
    RETRYING,
    SUCCEEDED,
    FAILED,
    /** Never ran, since something before it failed. */
    SKIPPED
  }
}
