package dev.slipway.activities.kubernetes;

import dev.slipway.activities.manifest.Manifests;
import dev.slipway.activities.plan.ObjectChange;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a release would make of the Deployment that runs its image, and of the Service with it. */
final class MainPreview {
  private final ClusterConnection cluster;
  private final Namespace namespace;
  private final EnvironmentId environment;
  private final Applying applying;

  MainPreview(
      ClusterConnection cluster, Namespace namespace, EnvironmentId environment, StepLog log) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.environment = environment;
    this.applying = Applying.trial(cluster, namespace, log);
  }

  /**
   * @param manifests those of the release; empty when it has none
   */
  List<ObjectChange> of(
      KubernetesDeployment release, Optional<Manifests> manifests, RolloutSettings settings)
      throws StepFailedException, InterruptedException {
    var name = release.workload().name();
    var live = new Workloads(cluster, namespace).named(name, environment);
    var changes = new ArrayList<ObjectChange>();
    changes.add(
        ClusterPreview.judged(
            "Deployment/" + name,
            () ->
                LiveAndForeseen.change(
                        live, applying.rehearse(environment, release, manifests, settings))
                    .remarked(remark(live, manifests))));
    if (Applying.hasService(manifests, live)) {
      changes.add(ClusterPreview.judged("Service/" + name, () -> service(release, settings)));
    }
    return changes;
  }

  private static String remark(Optional<Deployment> live, Optional<Manifests> manifests) {
    if (manifests.isPresent()) {
      return "as the manifests describe it";
    }
    if (live.isEmpty()) {
      return "there is none of that name: a small one is made, with a Service";
    }
    return Applying.isMade(live.get())
        ? "made by an earlier release"
        : "made by somebody else (%s): it is patched, and what else it has stays"
            .formatted(Managers.list(live.get()));
  }

  private ObjectChange service(KubernetesDeployment release, RolloutSettings settings)
      throws StepFailedException, InterruptedException {
    var name = release.workload().name();
    var live =
        cluster.find(
            client -> client.services().inNamespace(namespace.name()).withName(name).get());
    var foreseen = applying.rehearseService(release, settings);
    if (foreseen.isPresent()) {
      return LiveAndForeseen.change(live, foreseen.get());
    }
    return ObjectChange.of("Service/" + name, List.of())
        .remarked(
            live.flatMap(Led::before).isPresent()
                ? "leads to a candidate for now, and back when the release is complete"
                : "somebody else's, and stays as it is");
  }
}
