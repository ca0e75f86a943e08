package dev.slipway.activities.deployment;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.DeploymentSpecs;
import dev.slipway.action.FailureType;
import dev.slipway.activities.environment.EarlierReleases;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.activities.target.Target;
import dev.slipway.activities.target.Target.RolloutSettings;
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
    return Rollouts.roll(target, earlier, step, settings(step));
  }

  private static RolloutSettings settings(StepContext step)
      throws StepFailedException, InterruptedException {
    var usual = RolloutSettings.DEFAULT;
    var settings =
        new RolloutSettings(
            step.params().count("maxSurge", usual.maxSurge()),
            step.params().count("maxUnavailable", usual.maxUnavailable()));
    if (settings.maxSurge() == 0 && settings.maxUnavailable() == 0) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "`maxSurge` and `maxUnavailable` are both 0, which leaves no way to replace a replica",
          "Set one of them to 1 or more.");
    }
    return settings;
  }
}
