package dev.slipway.pipeline.lint;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.pipeline.Check;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Stage;
import dev.slipway.pipeline.problem.Words;
import java.util.List;

/**
 * A stage as the rules look at it.
 *
 * @param path where the file has it
 * @param checks those of its gate that could be read
 */
public record LintedStage(
    String path, Stage stage, List<LintedStep> steps, List<Located<Check>> checks) {
  public LintedStage {
    steps = List.copyOf(steps);
    checks = List.copyOf(checks);
  }

  /** Whether a person is asked, before or after. */
  boolean asks() {
    return stage.gate().requireApproval() || stage.gate().asksAfterwards();
  }

  boolean isInProduction() {
    return EnvironmentSpec.PRODUCTION.equals(stage.environment());
  }

  List<LintedStep> stepsThat(Effect effect) {
    return steps.stream().filter(step -> step.effect() == effect).toList();
  }

  /** The name in quotes. */
  String quotedName() {
    return Words.quoted(stage.name());
  }

  /** The path of one of its fields. */
  String at(String field) {
    return path + "." + field;
  }
}
