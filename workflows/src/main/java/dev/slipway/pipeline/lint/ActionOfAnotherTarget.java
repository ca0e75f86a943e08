package dev.slipway.pipeline.lint;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.action.ClusterSpecs;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.EnvironmentSpec.Target;

/** What runs pods can't run processes of this machine, and the other way round. */
final class ActionOfAnotherTarget implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var environment : linted.environments()) {
      linted
          .stepsIn(environment.value())
          .filter(step -> runsElsewhere(environment.value(), step))
          .forEach(step -> report(environment.value(), step, findings));
    }
  }

  private static boolean runsElsewhere(EnvironmentSpec environment, LintedStep step) {
    var isForCluster = ClusterSpecs.isOne(step.step().action());
    return switch (environment.target()) {
      case LOCAL -> isForCluster;
      case KUBERNETES ->
          !isForCluster && step.effect() != Effect.NONE && step.effect() != Effect.MIGRATES;
    };
  }

  private static void report(EnvironmentSpec environment, LintedStep step, Findings findings) {
    var isLocal = environment.target() == Target.LOCAL;
    findings.error(
        step.at("action"),
        isLocal
            ? "`%s` works on a cluster, and environment `%s` is on this machine"
                .formatted(step.step().action(), environment.name())
            : "`%s` works on this machine, and environment `%s` is in a cluster"
                .formatted(step.step().action(), environment.name()),
        isLocal
            ? "add `target: kubernetes` to the environment"
            : "use `k8s_deploy`, `k8s_rollout` or `k8s_health_check`");
  }
}
