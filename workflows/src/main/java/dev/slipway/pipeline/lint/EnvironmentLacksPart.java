package dev.slipway.pipeline.lint;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.EnvironmentSpec.Target;

/** An environment must have what its steps work on. */
final class EnvironmentLacksPart implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var environment : linted.environments()) {
      linted
          .stepsIn(environment.value())
          .filter(step -> lacks(environment.value(), step.effect()))
          .forEach(step -> report(environment.value(), step, findings));
    }
  }

  private static boolean lacks(EnvironmentSpec environment, Effect effect) {
    return switch (effect) {
      case NONE, PUBLISHES -> false;
      case OBSERVES, DEPLOYS -> environment.target() == Target.LOCAL && environment.run() == null;
      case MIGRATES -> environment.database() == null;
    };
  }

  private static void report(EnvironmentSpec environment, LintedStep step, Findings findings) {
    var migrates = step.effect() == Effect.MIGRATES;
    findings.error(
        step.at("action"),
        "environment `%s` %s"
            .formatted(
                environment.name(),
                migrates ? "has no database" : "does not say how the application is run"),
        migrates
            ? "add `database: embedded` or a jdbc:postgresql: URL to it"
            : "add `run: {command: [program, argument]}` to it");
  }
}
