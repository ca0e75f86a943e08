package dev.slipway.activities.deployment;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.ClusterSpecs;
import dev.slipway.action.Durations;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.activities.target.Target.Probe;
import dev.slipway.activities.target.Targets;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.time.Duration;
import java.util.List;

/** {@code k8s_health_check}: looks for a window in which every pod was healthy all the time. */
public final class ClusterHealthAction implements Action {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Targets targets;

  public ClusterHealthAction(Targets targets) {
    this.targets = targets;
  }

  @Override
  public ActionSpec spec() {
    return ClusterSpecs.K8S_HEALTH_CHECK;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var environment = Deployments.environment(step);
    var target = targets.of(step.environment().spec());
    var window = step.params().duration("window", WINDOW);
    var interval = step.params().duration("interval", INTERVAL);
    var last = System.nanoTime() + step.params().duration("timeout", window).toNanos();
    Probe probe;
    do {
      probe = target.probe(environment, window, interval, step.log());
      if (!probe.problems().isEmpty()) {
        step.log().line("not healthy yet: " + String.join("; ", probe.problems()));
        Thread.sleep(interval);
      }
      // A window that can't end in time is not begun.
    } while (!probe.problems().isEmpty() && System.nanoTime() + window.toNanos() < last);
    var evidence = Rollouts.evidence(target, environment, probe);
    Rollouts.refuseProblems(environment, probe, evidence);
    return StepOutcome.of(
            "%d looks over %s, all as they should be"
                .formatted(probe.passed(), Durations.text(window)))
        .withEvidence(List.of(evidence));
  }
}
