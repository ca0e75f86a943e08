package dev.slipway.activities.kubernetes;

import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;

/**
 * Brings an environment to one release under one Deployment, whatever stands beside it. Traffic
 * never waits for what it does not need: on a way back it returns at once to the pods that still
 * run the release; on the way forth it stays where it is until they run the new one.
 */
final class Promotion {
  private final Change change;
  private final Workloads workloads;

  Promotion(Change change) {
    this.change = change;
    this.workloads = change.workloads();
  }

  void to(KubernetesDeployment release, RolloutSettings settings)
      throws StepFailedException, InterruptedException {
    var name = release.workload().name();
    var live = workloads.named(name, change.environment());
    if (!isAccompanied(name)) {
      var _ = new Rolling(change).to(release, settings);
      return;
    }
    change.fence().claim(change.token());
    if (live.isPresent() && runs(live.get(), release)) {
      change
          .log()
          .line(
              "Deployment %s runs release %d: all traffic goes there"
                  .formatted(name, release.labels().release()));
      new Retreat(change).to(live.get());
      return;
    }
    var _ = new Rolling(change).to(release, settings);
    new Retreat(change).to(workloads.named(name, change.environment()).orElseThrow());
  }

  private boolean isAccompanied(String name) throws StepFailedException, InterruptedException {
    var traffic = new Traffic(change);
    return !workloads.candidates(change.environment()).isEmpty()
        || traffic.isLed(name)
        || traffic.isDivided();
  }

  /** Whether its pods run the release, and at least half of them can take traffic. */
  private boolean runs(Deployment live, KubernetesDeployment release)
      throws StepFailedException, InterruptedException {
    var view = workloads.view(live);
    return view.old() == 0
        && view.ready() > 0
        && view.ready() * 2 >= view.wanted()
        && Running.of(change.environment(), view).equals(Optional.of(release));
  }
}
