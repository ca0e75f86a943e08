package dev.slipway.pipeline.file;

import dev.slipway.pipeline.Stage.OnFailure;
import dev.slipway.pipeline.Stage.RetryConfig;
import java.util.List;
import java.util.Optional;

/**
 * A stage as the file has it.
 *
 * @param name the path when the file gives none, which no name can look like
 * @param parallel whether its steps wait for none unless they say so
 * @param needs empty when the file leaves them to the order
 * @param environment where its environment is named
 * @param environmentName empty for a stage that has none
 */
record StageDraft(
    Value at,
    String name,
    List<StepDraft> steps,
    GateDraft gate,
    OnFailure onFailure,
    RetryConfig retry,
    boolean parallel,
    Optional<List<Value>> needs,
    Optional<Value> environment,
    Optional<String> environmentName,
    boolean redeploy)
    implements Names.Named {
  /** The same stage, whose environment is said elsewhere. */
  StageDraft in(String name, Value where) {
    return new StageDraft(
        at,
        this.name,
        steps,
        gate,
        onFailure,
        retry,
        parallel,
        needs,
        Optional.of(where),
        Optional.of(name),
        redeploy);
  }
}
