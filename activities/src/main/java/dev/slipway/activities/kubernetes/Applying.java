package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.activities.manifest.Manifests;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
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
  private final Creation creation;
  private final StepLog log;
  private final Write keeps;

  /** Whether the cluster keeps what is written. */
  private enum Write {
    REHEARSED,
    KEPT
  }

  Applying(ClusterConnection cluster, Namespace namespace, StepLog log) {
    this(cluster, namespace, log, Write.KEPT);
  }

  /** One that has the cluster say what it would take, and changes nothing. */
  static Applying trial(ClusterConnection cluster, Namespace namespace, StepLog log) {
    return new Applying(cluster, namespace, log, Write.REHEARSED);
  }

  private Applying(ClusterConnection cluster, Namespace namespace, StepLog log, Write keeps) {
    this.keeps = keeps;
    this.cluster = cluster;
    this.namespace = namespace;
    this.workloads = new Workloads(cluster, namespace);
    this.creation = new Creation(cluster);
    this.log = log;
  }

  /** The Deployment as the cluster has taken it. */
  Deployment release(
      EnvironmentId environment,
      KubernetesDeployment release,
      Optional<Manifests> manifests,
      RolloutSettings settings,
      Fence fence,
      long token)
      throws StepFailedException, InterruptedException {
    for (var attempt = 0; attempt < TRIES; attempt++) {
      var live = workloads.named(release.workload().name(), environment);
      fence.claim(token);
      var desired = new Desired(release, namespace.name(), replicas(live, release), settings);
      var wanted = wanted(desired, manifests, live);
      if (live.isEmpty() && manifests.isEmpty()) {
        log.line(
            "%s has no Deployment %s: makes one with a Service of that name"
                .formatted(namespace, release.workload().name()));
      }
      if (keeps == Write.KEPT && hasService(manifests, live)) {
        var _ = reachable(desired.service());
      }
      if (live.isEmpty()) {
        if (keeps == Write.REHEARSED) {
          throw restless(release.workload().name());
        }
        creation.make(client -> resource(client, wanted));
      } else if (keeps == Write.REHEARSED
          || !creation.handOver(live.get(), client -> resource(client, live.get()))) {
        var applied = written(wanted, live.get(), keeps);
        if (applied.isPresent()) {
          return applied.get();
        }
      }
    }
    throw restless(release.workload().name());
  }

  /** What the cluster says it would have; it keeps nothing of it. */
  Deployment rehearse(
      EnvironmentId environment,
      KubernetesDeployment release,
      Optional<Manifests> manifests,
      RolloutSettings settings)
      throws StepFailedException, InterruptedException {
    for (var attempt = 0; attempt < TRIES; attempt++) {
      var live = workloads.named(release.workload().name(), environment);
      var desired = new Desired(release, namespace.name(), replicas(live, release), settings);
      var wanted = wanted(desired, manifests, live);
      if (live.isEmpty()) {
        return judged(wanted);
      }
      // One whose maker died before it was ours would be told as somebody else's.
      if (keeps == Write.REHEARSED
          || !creation.handOver(live.get(), client -> resource(client, live.get()))) {
        var taken = written(wanted, live.get(), Write.REHEARSED);
        if (taken.isPresent()) {
          return taken.get();
        }
      }
    }
    throw restless(release.workload().name());
  }

  /** The same of the Service that a release brings; empty when it stays as it is. */
  Optional<Service> rehearseService(KubernetesDeployment release, RolloutSettings settings)
      throws StepFailedException, InterruptedException {
    return reachable(new Desired(release, namespace.name(), null, settings).service());
  }

  /** Whether a release brings a Service with its Deployment. */
  static boolean hasService(Optional<Manifests> manifests, Optional<Deployment> live) {
    return manifests.isEmpty() && live.map(Applying::isMade).orElse(true);
  }

  private <T extends HasMetadata> T judged(T wanted)
      throws StepFailedException, InterruptedException {
    try {
      return attempt(wanted, false, Write.REHEARSED);
    } catch (KubernetesClientException e) {
      throw ClusterFailures.of(cluster.name(), e);
    }
  }

  /** After a release without manifests nothing of those before is left to be looked for. */
  void forgetManifests(
      EnvironmentId environment, KubernetesDeployment release, Fence fence, long token)
      throws StepFailedException, InterruptedException {
    for (var attempt = 0; attempt < TRIES; attempt++) {
      var live = workloads.named(release.workload().name(), environment);
      if (live.flatMap(one -> Marks.annotation(one, Marks.MANIFESTS)).isEmpty()) {
        return;
      }
      fence.claim(token);
      var version = live.orElseThrow().getMetadata().getResourceVersion();
      var patch =
          "{\"metadata\": {\"resourceVersion\": \"%s\", \"annotations\": {\"%s\": null}}}"
              .formatted(version, Marks.MANIFESTS);
      try {
        var _ =
            cluster.attempt(
                client ->
                    resource(client, live.orElseThrow())
                        .patch(PatchContext.of(PatchType.JSON_MERGE), patch));
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() != CONFLICT) {
          throw ClusterFailures.of(cluster.name(), e);
        }
      }
    }
    throw restless(release.workload().name());
  }

  private Deployment wanted(
      Desired desired, Optional<Manifests> manifests, Optional<Deployment> live)
      throws StepFailedException {
    var isMade = live.map(Applying::isMade).orElse(true);
    Deployment wanted;
    if (manifests.isPresent()) {
      if (live.isPresent()) {
        refuseForeign(live.get(), desired.release().labels().environment());
      }
      wanted = new Described(desired, manifests.get()).deployment(isMade);
    } else {
      wanted = isMade ? desired.made() : patch(desired, live.orElseThrow());
    }
    if (live.isPresent() && (isMade || manifests.isPresent())) {
      Selectors.refuseOther(live.get(), wanted);
    }
    if (live.filter(d -> Marks.annotation(d, Marks.MANIFESTS).isPresent()).isPresent()) {
      wanted.getMetadata().getAnnotations().put(Marks.MANIFESTS, "true");
    }
    return wanted;
  }

  /** Manifests say all of a Deployment, so that one of somebody else's would be lost. */
  private void refuseForeign(Deployment live, EnvironmentId environment)
      throws StepFailedException {
    if (!Marks.areOf(live, environment)) {
      throw new StepFailedException(
          FailureType.CONFLICT,
          "Deployment %s in %s was made by somebody else (%s), and the manifests have one of that name"
              .formatted(live.getMetadata().getName(), namespace, Managers.list(live)),
          "Give one of them another name; or hand it over, with all that it has: kubectl -n %s label deployment %s %s"
              .formatted(
                  namespace.name(), live.getMetadata().getName(), Marks.assignments(environment)));
    }
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
  private Optional<Deployment> written(Deployment wanted, Deployment live, Write write)
      throws StepFailedException, InterruptedException {
    var bound =
        new DeploymentBuilder(wanted)
            .editMetadata()
            .withResourceVersion(live.getMetadata().getResourceVersion())
            .endMetadata()
            .build();
    try {
      return Optional.of(attempt(bound, false, write));
    } catch (KubernetesClientException e) {
      if (e.getCode() != CONFLICT) {
        throw ClusterFailures.of(cluster.name(), e);
      }
      var owned = OwnedFields.of(e);
      if (owned.fields().isEmpty()) {
        return Optional.empty();
      }
      if (!owned.areOurs() && !isAsReleased(live)) {
        throw owned.failure(wanted);
      }
      if (write == Write.KEPT) {
        log.line("takes over from their managers: " + owned.list());
      }
    }
    try {
      return Optional.of(attempt(bound, true, write));
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
    if (release.workload().objects() != null) {
      // All its fields were ours, so that whoever has one now has changed it.
      return false;
    }
    var container = Containers.of(live, release.workload().container(), release.image());
    var replicas = RolloutView.number(live.getSpec().getReplicas(), 1);
    return container.getImage().equals(release.image())
        && (replicas == release.replicas()
            || replicas == 0
            || CandidateMarks.isReduced(live)
            || workloads.isAutoscaled(live.getMetadata().getName()));
  }

  /**
   * A Service that somebody else made under that name leads where they want it to; then it is
   * empty.
   */
  private Optional<Service> reachable(Service wanted)
      throws StepFailedException, InterruptedException {
    var name = wanted.getMetadata().getName();
    for (var attempt = 0; attempt < TRIES; attempt++) {
      var there =
          cluster.find(
              client -> client.services().inNamespace(namespace.name()).withName(name).get());
      if (there.isEmpty() && keeps == Write.REHEARSED) {
        return Optional.of(judged(wanted));
      }
      if (there.isEmpty()) {
        creation.make(client -> resource(client, wanted));
        continue;
      }
      if (!isMade(there.get()) || !Marks.haveSameOwner(there.get(), wanted)) {
        log.line(
            "Service %s in %s is somebody else's and stays as it is".formatted(name, namespace));
        return Optional.empty();
      }
      if (there.flatMap(Led::before).isPresent()) {
        log.line("Service %s in %s leads to a candidate for now".formatted(name, namespace));
        return Optional.empty();
      }
      if (keeps == Write.KEPT
          && creation.handOver(there.get(), client -> resource(client, there.get()))) {
        continue;
      }
      var bound =
          new ServiceBuilder(wanted)
              .editMetadata()
              .withResourceVersion(there.get().getMetadata().getResourceVersion())
              .endMetadata()
              .build();
      try {
        return Optional.of(attempt(bound, false, keeps));
      } catch (KubernetesClientException e) {
        var owned = OwnedFields.of(e);
        if (keeps == Write.REHEARSED && owned.areOurs()) {
          return there;
        }
        if (!owned.fields().isEmpty()) {
          throw owned.failure(wanted);
        }
        if (e.getCode() != CONFLICT) {
          throw ClusterFailures.of(cluster.name(), e);
        }
      }
    }
    throw restless(name);
  }

  private <T extends HasMetadata> T attempt(T wanted, boolean force, Write write)
      throws InterruptedException {
    return cluster.attempt(
        client -> {
          var resource =
              resource(client, wanted).dryRun(write == Write.REHEARSED).fieldManager(Marks.MANAGER);
          return force ? resource.forceConflicts().serverSideApply() : resource.serverSideApply();
        });
  }

  private <T extends HasMetadata> Resource<T> resource(KubernetesClient client, T object) {
    return client.resource(object).inNamespace(namespace.name());
  }

  private StepFailedException restless(String name) {
    return new StepFailedException(
        FailureType.TRANSIENT,
        "%s in %s is changed all the time".formatted(name, namespace),
        "See who changes it: kubectl -n %s get deployments,services %s -o yaml --show-managed-fields"
            .formatted(namespace.name(), name));
  }
}
