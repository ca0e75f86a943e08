package dev.slipway.pipeline.lint;

/** A stage with an environment takes its lock and records a release: for nothing, here. */
final class EnvironmentWithoutChange implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var stage : linted.stages()) {
      if (stage.stage().environment() != null
          && !linted.pipeline().continuesEnvironment(stage.stage())
          && stage.steps().stream().allMatch(EnvironmentWithoutChange::leavesItAlone)) {
        findings.warning(
            stage.at("environment"),
            "no step of stage %s changes or watches its environment".formatted(stage.quotedName()),
            "remove `environment`, or move a step that changes it here");
      }
    }
  }

  private static boolean leavesItAlone(LintedStep step) {
    return step.spec().isPresent() && !step.effect().needsEnvironment();
  }
}
