package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a release wants into its Deployment, by server-side apply as one field manager. What
 * is written is bound to the version that was read before the fence was passed: a writer that was
 * overtaken meanwhile is refused by the cluster.
 */
final class Applying {
  private static final int TRIES = 50;
  private static final int CONFLICT = 409;

  private final ClusterConnection cluster;
  private final Namespace namespace;
  private final Workloads workloads;
  private final StepLog log;

  Applying(ClusterConnection cluster, Namespace namespace, StepLog log) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.workloads = new Workloads(cluster, namespace);
    this.log = log;
  }

  /** The Deployment as the cluster has taken it. */
  Deployment release(
      EnvironmentId environment,
      KubernetesDeployment release,
      RolloutSettings settings,
      Fence fence,
      long token)
      throws StepFailedException, InterruptedException {
    for (var attempt = 0; attempt < TRIES; attempt++) {
      var live = workloads.named(release.workload().name(), environment);
      fence.claim(token);
      var desired = new Desired(release, namespace.name(), replicas(live, release), settings);
      if (live.isEmpty()) {
        log.line(
            "%s has no Deployment %s: makes one with a Service of that name"
                .formatted(namespace, release.workload().name()));
      }
      var isMade = live.map(Applying::isMade).orElse(true);
      if (isMade) {
        reachable(desired.service());
      }
      var wanted = isMade ? desired.made() : patch(desired, live.orElseThrow());
      var applied = written(wanted, live.orElse(null));
      if (applied.isPresent()) {
        return applied.get();
      }
    }
    throw restless(release.workload().name());
  }

  private static Deployment patch(Desired desired, Deployment live) throws StepFailedException {
    var release = desired.release();
    return desired.patch(
        live, Containers.of(live, release.workload().container(), release.image()));
  }

  static boolean isMade(HasMetadata live) {
    return Marks.annotation(live, Marks.MADE).isPresent();
  }

  /**
   * What to say about the number: nothing under an autoscaler. It does not wake what was scaled to
   * nothing, though, and a number that nobody else has taken over falls back to 1 when we let go.
   */
  private @Nullable Integer replicas(Optional<Deployment> live, KubernetesDeployment release)
      throws StepFailedException, InterruptedException {
    if (live.isEmpty() || !workloads.isAutoscaled(release.workload().name())) {
      return release.replicas();
    }
    var now = RolloutView.number(live.get().getSpec().getReplicas(), 1);
    if (now == 0) {
      return release.replicas();
    }
    return Managers.ownReplicas(live.get()) ? Integer.valueOf(now) : null;
  }

  /** Empty when what was read is no longer what is there. */
  private Optional<Deployment> written(Deployment wanted, @Nullable Deployment live)
      throws StepFailedException, InterruptedException {
    var bound =
        live == null
            ? wanted
            : new DeploymentBuilder(wanted)
                .editMetadata()
                .withResourceVersion(live.getMetadata().getResourceVersion())
                .endMetadata()
                .build();
    try {
      return Optional.of(attempt(bound, false));
    } catch (KubernetesClientException e) {
      if (e.getCode() != CONFLICT) {
        throw ClusterFailures.of(cluster.name(), e);
      }
      var owned = OwnedFields.of(e);
      if (owned.fields().isEmpty()) {
        return Optional.empty();
      }
      if (live == null || !isAsReleased(live)) {
        throw owned.failure(wanted);
      }
      log.line("takes over from their managers: " + owned.list());
    }
    try {
      return Optional.of(attempt(bound, true));
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        return Optional.empty();
      }
      throw ClusterFailures.of(cluster.name(), e);
    }
  }

  /** Whether nobody has changed what we released, or we have released nothing yet. */
  private boolean isAsReleased(Deployment live) throws StepFailedException, InterruptedException {
    var last = Marks.release(live);
    if (last.isEmpty()) {
      return true;
    }
    var release = last.get();
    var container = Containers.of(live, release.workload().container(), release.image());
    var replicas = RolloutView.number(live.getSpec().getReplicas(), 1);
    return container.getImage().equals(release.image())
        && (replicas == release.replicas()
            || replicas == 0
            || workloads.isAutoscaled(live.getMetadata().getName()));
  }

  /** A Service that somebody else made under that name leads where they want it to. */
  private void reachable(Service wanted) throws StepFailedException, InterruptedException {
    var name = wanted.getMetadata().getName();
    var there =
        cluster.find(
            client -> client.services().inNamespace(namespace.name()).withName(name).get());
    if (there.isPresent() && !isMade(there.get())) {
      log.line("Service %s in %s is somebody else's and stays as it is".formatted(name, namespace));
      return;
    }
    try {
      var _ = attempt(wanted, false);
    } catch (KubernetesClientException e) {
      var owned = OwnedFields.of(e);
      throw owned.fields().isEmpty()
          ? ClusterFailures.of(cluster.name(), e)
          : owned.failure(wanted);
    }
  }

  private <T extends HasMetadata> T attempt(T wanted, boolean force) throws InterruptedException {
    return cluster.attempt(
        client -> {
          var resource =
              client.resource(wanted).inNamespace(namespace.name()).fieldManager(Marks.MANAGER);
          return force ? resource.forceConflicts().serverSideApply() : resource.serverSideApply();
        });
  }

  private StepFailedException restless(String name) {
    return new StepFailedException(
        FailureType.TRANSIENT,
        "Deployment %s in %s is changed all the time".formatted(name, namespace),
        "See who changes it: kubectl -n %s get deployment %s -o yaml --show-managed-fields"
            .formatted(namespace.name(), name));
  }
}
