package dev.slipway.activities.deployment;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.ClusterSpecs;
import dev.slipway.activities.environment.EarlierReleases;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.activities.target.Targets;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;

/** {@code k8s_deploy} and {@code k8s_rollout}: has a cluster run an image. */
public final class ClusterDeployAction implements Action {
  private final ActionSpec spec;
  private final Targets targets;
  private final EarlierReleases earlier;

  private ClusterDeployAction(ActionSpec spec, Targets targets, EarlierReleases earlier) {
    this.spec = spec;
    this.targets = targets;
    this.earlier = earlier;
  }

  /** Whatever ran before. */
  public static ClusterDeployAction deploy(Targets targets, EarlierReleases earlier) {
    return new ClusterDeployAction(ClusterSpecs.K8S_DEPLOY, targets, earlier);
  }

  /** Step by step, as the step's limits say. */
  public static ClusterDeployAction rollout(Targets targets, EarlierReleases earlier) {
    return new ClusterDeployAction(ClusterSpecs.K8S_ROLLOUT, targets, earlier);
  }

  @Override
  public ActionSpec spec() {
    return spec;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var settings = Rollouts.beforeAnyChange(() -> Rollouts.settings(step));
    var wanted = Rollouts.beforeAnyChange(() -> Deployments.inCluster(step, earlier));
    var target = Rollouts.beforeAnyChange(() -> targets.of(step.environment().spec()));
    return Rollouts.roll(target, step, wanted, settings);
  }
}
