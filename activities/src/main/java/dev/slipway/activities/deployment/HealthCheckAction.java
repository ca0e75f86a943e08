package dev.slipway.activities.deployment;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.DeploymentSpecs;
import dev.slipway.action.Durations;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.activities.target.Target;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.time.Duration;
import java.util.List;

/** {@code health_check}: looks at every replica over a window. */
public final class HealthCheckAction implements Action {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Target target;

  public HealthCheckAction(Target target) {
    this.target = target;
  }

  @Override
  public ActionSpec spec() {
    return DeploymentSpecs.HEALTH_CHECK;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var environment = Deployments.environment(step);
    var window = step.params().duration("window", WINDOW);
    var interval = step.params().duration("interval", INTERVAL);
    var probe = target.probe(environment, window, interval, step.log());
    var evidence = Rollouts.evidence(target, environment, probe);
    Rollouts.refuseProblems(environment, probe, evidence);
    return StepOutcome.of(
            "%d looks over %s, all as they should be"
                .formatted(probe.passed(), Durations.text(window)))
        .withEvidence(List.of(evidence));
  }
}
