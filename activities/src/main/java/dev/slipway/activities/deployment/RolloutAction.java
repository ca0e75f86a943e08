package dev.slipway.activities.deployment;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.DeploymentSpecs;
import dev.slipway.activities.environment.EarlierReleases;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.activities.target.Target;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;

/** {@code rollout}: has the target replace replicas step by step, as the step's limits say. */
public final class RolloutAction implements Action {
  private final Target target;
  private final EarlierReleases earlier;

  public RolloutAction(Target target, EarlierReleases earlier) {
    this.target = target;
    this.earlier = earlier;
  }

  @Override
  public ActionSpec spec() {
    return DeploymentSpecs.ROLLOUT;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var settings = Rollouts.beforeAnyChange(() -> Rollouts.settings(step));
    var wanted = Rollouts.beforeAnyChange(() -> Deployments.local(step, earlier));
    return Rollouts.roll(target, step, wanted, settings);
  }
}
