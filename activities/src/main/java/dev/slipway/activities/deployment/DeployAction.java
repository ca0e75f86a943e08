package dev.slipway.activities.deployment;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.DeploymentSpecs;
import dev.slipway.activities.environment.EarlierReleases;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.activities.target.Target;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;

/** {@code deploy}: has the target run an artifact, whatever it ran before. */
public final class DeployAction implements Action {
  private final Target target;
  private final EarlierReleases earlier;

  public DeployAction(Target target, EarlierReleases earlier) {
    this.target = target;
    this.earlier = earlier;
  }

  @Override
  public ActionSpec spec() {
    return DeploymentSpecs.DEPLOY;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var wanted = Rollouts.beforeAnyChange(() -> Deployments.local(step, earlier));
    return Rollouts.roll(target, step, wanted, RolloutSettings.DEFAULT);
  }
}
