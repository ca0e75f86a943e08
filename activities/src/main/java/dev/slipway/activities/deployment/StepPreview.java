package dev.slipway.activities.deployment;

import dev.slipway.action.ClusterSpecs;
import dev.slipway.activities.environment.EarlierReleases;
import dev.slipway.activities.kubernetes.ClusterPreview;
import dev.slipway.activities.plan.ObjectChange;
import dev.slipway.activities.step.StepContext;
import dev.slipway.activities.target.Exposure;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.step.StepFailedException;
import java.util.List;
import java.util.Optional;

/**
 * What a step that changes an environment in a cluster would change there, put together as the step
 * itself does it.
 */
public final class StepPreview {
  private final ClusterPreview cluster;
  private final Optional<EarlierReleases> earlier;

  /**
   * @param earlier what the environment before has had; empty when that is not known yet, as it
   *     gets the commit in the same run
   */
  public StepPreview(ClusterPreview cluster, Optional<EarlierReleases> earlier) {
    this.cluster = cluster;
    this.earlier = earlier;
  }

  /** Whether a step of this action changes what a cluster runs. */
  public static boolean isOf(String action) {
    return isApplied(action) || isExposed(action);
  }

  private static boolean isApplied(String action) {
    return action.equals(ClusterSpecs.K8S_DEPLOY.name())
        || action.equals(ClusterSpecs.K8S_ROLLOUT.name());
  }

  private static boolean isExposed(String action) {
    return action.equals(ClusterSpecs.K8S_CANARY.name())
        || action.equals(ClusterSpecs.K8S_PREVIEW.name())
        || action.equals(ClusterSpecs.K8S_SWITCH.name());
  }

  /**
   * The objects that it would change.
   *
   * @throws StepFailedException when the step would be refused, or the cluster can't be asked
   */
  public List<ObjectChange> of(String action, StepContext step)
      throws StepFailedException, InterruptedException {
    if (isExposed(action)) {
      return exposed(action, step);
    }
    var settings = Rollouts.settings(step);
    return cluster.apply(Deployments.environment(step), wanted(step), settings, step.log());
  }

  private List<ObjectChange> exposed(String action, StepContext step)
      throws StepFailedException, InterruptedException {
    var candidate = wanted(step);
    return step.environment().before().application() == null
        ? List.of()
        : cluster.expose(
            Deployments.environment(step), candidate, exposure(action, step), step.log());
  }

  private static Exposure exposure(String action, StepContext step)
      throws StepFailedException, InterruptedException {
    if (action.equals(ClusterSpecs.K8S_CANARY.name())) {
      return ExposeAction.share(step.params());
    }
    return action.equals(ClusterSpecs.K8S_SWITCH.name())
        ? new Exposure.Switched()
        : new Exposure.Preview();
  }

  private KubernetesDeployment wanted(StepContext step)
      throws StepFailedException, InterruptedException {
    return earlier.isPresent()
        ? Deployments.inCluster(step, earlier.get())
        : Deployments.inCluster(step);
  }
}
