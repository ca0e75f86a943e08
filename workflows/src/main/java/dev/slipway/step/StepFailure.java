package dev.slipway.step;

import dev.slipway.action.FailureType;
import dev.slipway.artifact.Digest;
import dev.slipway.evidence.Evidence;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a step failed; the detail of the application failure of that type.
 *
 * @param type decides about another try
 * @param happened what happened and where, one line
 * @param advice what the person can do
 * @param evidence what was found until then
 * @param lastLines of the log, already masked
 * @param log the whole log
 * @param changes what the step may have changed outside; null for anything
 */
public record StepFailure(
    FailureType type,
    String happened,
    String advice,
    List<Evidence> evidence,
    List<String> lastLines,
    @Nullable Digest log,
    @Nullable Changes changes) {
  /** What a failed step has left behind. */
  public enum Changes {
    /** Nothing, for certain: there is nothing to take back. */
    NONE
  }

  /** A failure without evidence and log. */
  public static StepFailure of(FailureType type, String happened, String advice) {
    return new StepFailure(type, happened, advice, List.of(), List.of(), null, null);
  }

  /**
   * The same, if nothing is missing in it.
   *
   * @throws IllegalArgumentException when a foreign worker left something out
   */
  public StepFailure checked() {
    if (Stream.of(type, happened, advice, evidence, lastLines).anyMatch(Objects::isNull)
        || evidence.stream().anyMatch(Objects::isNull)
        || lastLines.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("everything but the log must be there");
    }
    return this;
  }

  /** The same with this evidence. */
  public StepFailure withEvidence(List<? extends Evidence> found) {
    return new StepFailure(type, happened, advice, List.copyOf(found), lastLines, log, changes);
  }

  /** The same with its log and the end of it. */
  public StepFailure withLog(@Nullable Digest kept, List<String> last) {
    return new StepFailure(type, happened, advice, evidence, List.copyOf(last), kept, changes);
  }

  /** The same, with what the step may have changed. */
  public StepFailure with(@Nullable Changes made) {
    return new StepFailure(type, happened, advice, evidence, lastLines, log, made);
  }

  /** Whether nothing outside is other than before. */
  public boolean changedNothing() {
    return changes == Changes.NONE;
  }
}
