package dev.slipway.pipeline.file;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.Params;
import dev.slipway.pipeline.Step;
import dev.slipway.pipeline.Step.StepRetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A step as the file has it.
 *
 * @param name the path when the file gives none, which no name can look like
 * @param spec empty for an action that this version does not know
 * @param artifact where the name of its artifact stands
 * @param needs empty when the file leaves them to the order
 * @param templates every text with references
 * @param artifacts every parameter that names an artifact
 */
record StepDraft(
    Value at,
    String name,
    String action,
    Optional<ActionSpec> spec,
    Params params,
    Duration timeout,
    Optional<Value> artifact,
    Optional<List<Value>> needs,
    String directory,
    Optional<StepRetry> retry,
    Map<String, String> env,
    Optional<String> queue,
    List<TemplateUse> templates,
    List<Value> artifacts)
    implements Names.Named {
  /** The same step, which waits for others. */
  StepDraft after(Optional<List<Value>> others) {
    return new StepDraft(
        at, name, action, spec, params, timeout, artifact, others, directory, retry, env, queue,
        templates, artifacts);
  }

  /** Whether its action is known to make an image. */
  boolean makesImage() {
    return spec.isPresent() && spec.get().makes() == ActionSpec.Makes.IMAGE;
  }

  /** The step with what the rest of the file says of it. */
  Step linked(List<String> resolved, Params params) {
    return new Step(
        name,
        action,
        spec.map(ActionSpec::effect).orElse(ActionSpec.Effect.NONE),
        params,
        timeout,
        artifact.flatMap(Value::text).orElse(null),
        resolved,
        directory,
        retry.orElse(null),
        env,
        queue.orElse(null));
  }
}
