package dev.slipway.activities.kubernetes;

import dev.slipway.activities.manifest.Manifests;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.step.StepFailedException;
import java.util.Optional;

/**
 * Brings an environment that has manifests, or had some, to a release: everything is judged by the
 * cluster first, then the parts, then the Deployment, and last goes what only older releases had.
 */
final class Assembly {
  private final Change change;
  private final KubernetesDeployment release;
  private final Optional<Manifests> manifests;
  private final Applying applying;
  private final MadeParts made;

  /**
   * @param manifests none for a release before there were some
   */
  Assembly(Change change, KubernetesDeployment release, Optional<Manifests> manifests) {
    this.change = change;
    this.release = release;
    this.manifests = manifests;
    this.applying = new Applying(change.cluster(), change.namespace(), change.log());
    this.made =
        new MadeParts(change.cluster(), change.namespace(), change.environment(), change.log());
  }

  void bring(RolloutSettings settings) throws StepFailedException, InterruptedException {
    try {
      made.requireAccess();
      rehearse(settings);
    } catch (StepFailedException refusal) {
      throw refusal.beforeAnyChange();
    }
    var live =
        new Rolling(change)
            .until(
                () -> {
                  applyParts(settings);
                  return applying.release(
                      change.environment(),
                      release,
                      manifests,
                      settings,
                      change.fence(),
                      change.token());
                });
    new Retreat(change).to(live);
    made.prune(manifests, change.fence(), change.token());
    if (manifests.isEmpty()) {
      applying.forgetManifests(change.environment(), release, change.fence(), change.token());
    }
  }

  private void rehearse(RolloutSettings settings) throws StepFailedException, InterruptedException {
    if (manifests.isPresent()) {
      parts(manifests.get()).rehearse(change.fence(), change.token());
      var _ = applying.rehearse(change.environment(), release, manifests, settings);
    }
  }

  /** Again with a rehearsal, since somebody may have written meanwhile. */
  private void applyParts(RolloutSettings settings)
      throws StepFailedException, InterruptedException {
    rehearse(settings);
    if (manifests.isPresent()) {
      parts(manifests.get()).apply(change.fence(), change.token());
    }
  }

  private Parts parts(Manifests rendered) {
    return new Parts(change.cluster(), change.namespace(), release, rendered, change.log());
  }
}
