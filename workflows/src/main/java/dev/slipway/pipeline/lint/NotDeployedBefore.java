package dev.slipway.pipeline.lint;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.problem.Words;

/** What was tested is what runs: an environment takes only what ran in the one it comes after. */
final class NotDeployedBefore implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var stage : linted.stages()) {
      var name = stage.stage().environment();
      var before =
          name == null
              ? null
              : linted.pipeline().environment(name).map(EnvironmentSpec::after).orElse(null);
      if (before != null) {
        check(stage, Effect.DEPLOYS, before, linted, findings);
        check(stage, Effect.PUBLISHES, before, linted, findings);
      }
    }
  }

  private static void check(
      LintedStage stage, Effect effect, String before, LintedPipeline linted, Findings findings) {
    for (var step : stage.stepsThat(effect)) {
      var artifact = step.step().params().text("artifact", "");
      if (!artifact.isEmpty() && !isDeployed(artifact, effect, before, step, linted)) {
        findings.error(
            step.at("params.artifact"),
            "no earlier stage brings %s to %s, which %s comes after"
                .formatted(
                    Words.quoted(artifact),
                    Words.quoted(before),
                    Words.quoted(String.valueOf(stage.stage().environment()))),
            "bring it to %s first, or remove `after`".formatted(Words.quoted(before)));
      }
    }
  }

  private static boolean isDeployed(
      String artifact, Effect effect, String environment, LintedStep to, LintedPipeline linted) {
    return linted.stages().stream()
        .filter(stage -> environment.equals(stage.stage().environment()))
        .flatMap(stage -> stage.stepsThat(effect).stream())
        .anyMatch(
            step ->
                artifact.equals(step.step().params().text("artifact", ""))
                    && linted.isBefore(step, to));
  }
}
