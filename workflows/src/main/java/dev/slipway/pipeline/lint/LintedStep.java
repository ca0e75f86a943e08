package dev.slipway.pipeline.lint;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.pipeline.Step;
import dev.slipway.pipeline.StepId;
import java.util.Optional;

/**
 * A step as the rules look at it.
 *
 * @param path where the file has it
 * @param spec empty for an action that this version does not know
 */
public record LintedStep(String path, StepId id, Step step, Optional<ActionSpec> spec) {
  /** What it does to an environment; nothing that is known, for an unknown action. */
  Effect effect() {
    return spec.map(ActionSpec::effect).orElse(Effect.NONE);
  }

  /** The path of one of its fields. */
  String at(String field) {
    return path + "." + field;
  }
}
