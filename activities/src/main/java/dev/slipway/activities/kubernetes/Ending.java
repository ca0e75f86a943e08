package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;

/** Takes an application out of a namespace: what we made goes, what was there sleeps. */
final class Ending {
  private static final Duration TICK = Duration.ofMillis(250);
  private static final int TRIES = 50;
  private static final int CONFLICT = 409;

  private final ClusterConnection cluster;
  private final Namespace namespace;
  private final Limits limits;
  private final StepLog log;
  private final Workloads workloads;

  Ending(ClusterConnection cluster, Namespace namespace, Limits limits, StepLog log) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.limits = limits;
    this.log = log;
    this.workloads = new Workloads(cluster, namespace);
  }

  /** Returns when no pod is left. */
  void end(EnvironmentId environment, Fence fence, long token)
      throws StepFailedException, InterruptedException {
    for (var attempt = 0; attempt < TRIES; attempt++) {
      var live = workloads.of(environment);
      var hasParts =
          namespace.manifests() != null
              || live.flatMap(one -> Marks.annotation(one, Marks.MANIFESTS)).isPresent();
      if (live.isPresent()) {
        fence.claim(token);
        if (!ended(live.get())) {
          continue;
        }
      }
      if (hasParts) {
        new MadeParts(cluster, namespace, environment, log).discard(live, fence, token);
      }
      if (live.isPresent()) {
        awaitPods(live.get());
      }
      return;
    }
    throw new StepFailedException(
        FailureType.TRANSIENT,
        "the Deployment of %s in %s is changed all the time".formatted(environment, namespace),
        "See who changes it.");
  }

  /** False when it was changed since it was read. */
  private boolean ended(Deployment live) throws StepFailedException, InterruptedException {
    var name = live.getMetadata().getName();
    try {
      if (Applying.isMade(live)) {
        log.line("deletes Deployment and Service %s in %s".formatted(name, namespace));
        delete(live);
      } else {
        log.line("scales Deployment %s in %s to 0".formatted(name, namespace));
        sleep(live);
      }
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        return false;
      }
      throw ClusterFailures.of(cluster.name(), e);
    }
  }

  private void delete(Deployment live) throws StepFailedException, InterruptedException {
    var name = live.getMetadata().getName();
    var service =
        cluster.find(
            client -> client.services().inNamespace(namespace.name()).withName(name).get());
    if (service
        .filter(Applying::isMade)
        .filter(one -> Marks.haveSameOwner(one, live))
        .isPresent()) {
      cluster.ask(client -> client.resource(service.get()).delete());
    }
    var _ =
        cluster.attempt(
            client ->
                client
                    .resource(live)
                    .lockResourceVersion(live.getMetadata().getResourceVersion())
                    .delete());
  }

  /** By apply as ever, so that the number stays in one hand; what else we want stays as it is. */
  private void sleep(Deployment live) throws InterruptedException, StepFailedException {
    var release = Marks.release(live);
    var asleep =
        release.isPresent()
            ? new Desired(release.get(), namespace.name(), 0, RolloutSettings.DEFAULT)
                .patch(
                    live,
                    Containers.of(
                        live, release.get().workload().container(), release.get().image()))
            : new DeploymentBuilder()
                .withNewMetadata()
                .withName(live.getMetadata().getName())
                .withNamespace(namespace.name())
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .endSpec()
                .build();
    asleep.getMetadata().setResourceVersion(live.getMetadata().getResourceVersion());
    var _ =
        cluster.attempt(
            client ->
                client
                    .resource(asleep)
                    .inNamespace(namespace.name())
                    .fieldManager(Marks.MANAGER)
                    .forceConflicts()
                    .serverSideApply());
  }

  private void awaitPods(Deployment live) throws StepFailedException, InterruptedException {
    var signal = new Signal();
    var began = System.nanoTime();
    var shown = -1;
    try (var pods =
        cluster
            .client()
            .pods()
            .inNamespace(namespace.name())
            .withLabelSelector(live.getSpec().getSelector())
            .runnableInformer(0)
            .addEventHandler(signal.handler())
            .exceptionHandler((_, _) -> true)) {
      pods.start();
      while (true) {
        signal.await(TICK);
        List<Pod> left = pods.getStore().list();
        if (pods.hasSynced() && left.isEmpty()) {
          return;
        }
        if (pods.hasSynced() && left.size() != shown) {
          shown = left.size();
          log.progress(shown + " pods still end");
        }
        if (RolloutWatch.passed(began).compareTo(limits.stopping()) > 0) {
          throw new StepFailedException(
              FailureType.INFRASTRUCTURE,
              "%d pods of %s in %s have not ended"
                  .formatted(left.size(), live.getMetadata().getName(), namespace),
              "Is their node there? kubectl -n %s get pods -o wide".formatted(namespace.name()));
        }
      }
    }
  }
}
