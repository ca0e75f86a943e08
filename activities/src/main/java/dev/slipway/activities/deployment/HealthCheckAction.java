package dev.slipway.activities.deployment;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.ClusterSpecs;
import dev.slipway.action.DeploymentSpecs;
import dev.slipway.action.Durations;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.activities.target.Target;
import dev.slipway.activities.target.Targets;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.time.Duration;
import java.util.List;

/**
 * {@code health_check} and {@code k8s_health_check}: looks at every replica over a window, and for
 * as long as the step allows for another window without a fault.
 */
public final class HealthCheckAction implements Action {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final ActionSpec spec;
  private final Targets targets;

  private HealthCheckAction(ActionSpec spec, Targets targets) {
    this.spec = spec;
    this.targets = targets;
  }

  /** On this machine. */
  public static HealthCheckAction here(Target local) {
    return new HealthCheckAction(DeploymentSpecs.HEALTH_CHECK, environment -> local);
  }

  /** In a cluster. */
  public static HealthCheckAction inCluster(Targets targets) {
    return new HealthCheckAction(ClusterSpecs.K8S_HEALTH_CHECK, targets);
  }

  @Override
  public ActionSpec spec() {
    return spec;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var environment = Deployments.environment(step);
    var target = targets.of(step.environment().spec());
    var window = step.params().duration("window", WINDOW);
    var interval = step.params().duration("interval", INTERVAL);
    var last = System.nanoTime() + step.params().duration("timeout", window).toNanos();
    var probe = target.probe(environment, window, interval, step.log());
    // A window that can't end in time is not begun.
    while (!probe.problems().isEmpty() && System.nanoTime() + window.toNanos() < last) {
      step.log().line("not healthy yet: " + String.join("; ", probe.problems()));
      Thread.sleep(interval);
      probe = target.probe(environment, window, interval, step.log());
    }
    var evidence = Rollouts.evidence(target, environment, probe);
    Rollouts.refuseProblems(environment, probe, evidence);
    return StepOutcome.of(
            "%d looks over %s, all as they should be"
                .formatted(probe.passed(), Durations.text(window)))
        .withEvidence(List.of(evidence));
  }
}
