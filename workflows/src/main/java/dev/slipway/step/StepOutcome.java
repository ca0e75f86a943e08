package dev.slipway.step;

import dev.slipway.artifact.ArtifactRef;
import dev.slipway.artifact.Digest;
import dev.slipway.evidence.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an action answers when it has done its work; at most {@value #MOST_BYTES} bytes as JSON.
 *
 * @param evidence facts for the stage's gate
 * @param artifacts what the step kept
 * @param outputs values for {@code ${output:step.key}}
 * @param summary one line for people
 * @param log the whole log, once it is complete
 */
public record StepOutcome(
    List<Evidence> evidence,
    List<ArtifactRef> artifacts,
    Map<String, String> outputs,
    String summary,
    @Nullable Digest log) {
  /** Counts go into an outcome, findings into an artifact. */
  public static final int MOST_BYTES = 16 * 1024;

  /** An outcome without evidence, artifacts and outputs. */
  public static StepOutcome of(String summary) {
    return new StepOutcome(List.of(), List.of(), Map.of(), summary, null);
  }

  /** The same with this evidence. */
  public StepOutcome withEvidence(List<? extends Evidence> added) {
    return new StepOutcome(List.copyOf(added), artifacts, outputs, summary, log);
  }

  /** The same with these artifacts. */
  public StepOutcome withArtifacts(List<ArtifactRef> added) {
    return new StepOutcome(evidence, List.copyOf(added), outputs, summary, log);
  }

  /** The same with these outputs. */
  public StepOutcome withOutputs(Map<String, String> added) {
    return new StepOutcome(evidence, artifacts, added, summary, log);
  }

  /** The same with its log. */
  public StepOutcome withLog(Digest kept) {
    return new StepOutcome(evidence, artifacts, outputs, summary, kept);
  }

  /**
   * The same, if nothing is missing in it.
   *
   * @throws IllegalArgumentException when a foreign worker left something out
   */
  public StepOutcome checked() {
    if (Stream.of(evidence, artifacts, outputs, summary).anyMatch(Objects::isNull)
        || evidence.stream().anyMatch(Objects::isNull)
        || artifacts.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("evidence, artifacts, outputs and summary must be there");
    }
    return this;
  }
}
