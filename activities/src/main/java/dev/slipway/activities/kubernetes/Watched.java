package dev.slipway.activities.kubernetes;

import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment with its ReplicaSets and pods, kept up to date by the cluster's own reports. A
 * connection that is lost is made again, for as long as somebody watches.
 */
final class Watched implements AutoCloseable {
  /** A control plane that comes up may refuse everybody for a moment. */
  private static final Duration DENIAL = Duration.ofSeconds(30);

  private final ClusterConnection cluster;
  private final Signal signal = new Signal();
  private final SharedIndexInformer<Deployment> deployment;
  private final SharedIndexInformer<ReplicaSet> sets;
  private final SharedIndexInformer<Pod> pods;
  private volatile @Nullable KubernetesClientException denied;
  private boolean began;
  private long heard = System.nanoTime();

  Watched(ClusterConnection cluster, Deployment applied) {
    this.cluster = cluster;
    var namespace = applied.getMetadata().getNamespace();
    var name = applied.getMetadata().getName();
    var selector = applied.getSpec().getSelector();
    var client = cluster.client();
    this.deployment =
        client.apps().deployments().inNamespace(namespace).withName(name).runnableInformer(0);
    this.sets =
        client
            .apps()
            .replicaSets()
            .inNamespace(namespace)
            .withLabelSelector(selector)
            .runnableInformer(0);
    this.pods =
        client.pods().inNamespace(namespace).withLabelSelector(selector).runnableInformer(0);
    start(deployment);
    start(sets);
    start(pods);
  }

  private <T> void start(SharedIndexInformer<T> informer) {
    informer
        .addEventHandler(signal.handler())
        .exceptionHandler(
            (_, thrown) -> {
              note(thrown);
              return true;
            })
        .start();
  }

  private void note(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof KubernetesClientException refusal
          && (refusal.getCode() == 401 || refusal.getCode() == 403)) {
        denied = refusal;
      }
    }
  }

  /** Returns when something was reported, and at the latest after this time. */
  void await(Duration most) throws InterruptedException {
    signal.await(most);
  }

  /** Whether what is known is kept up to date at this moment. */
  boolean isHeard() {
    return deployment.isWatching() && sets.isWatching() && pods.isWatching();
  }

  /**
   * Watching needs rights of its own, which nothing before has shown.
   *
   * @throws StepFailedException when they are missing
   */
  void refuseDenial() throws StepFailedException {
    if (isHeard()) {
      began = true;
      heard = System.nanoTime();
      denied = null;
      return;
    }
    var refusal = denied;
    if (refusal != null && (!began || RolloutWatch.passed(heard).compareTo(DENIAL) > 0)) {
      throw ClusterFailures.of(cluster.name(), refusal);
    }
  }

  /** Whether the cluster has said that there is no such Deployment any more. */
  boolean isGone() {
    return isHeard() && deployment.hasSynced() && deployment.getStore().list().isEmpty();
  }

  Optional<RolloutView> view() {
    return deployment.getStore().list().stream()
        .findFirst()
        .map(found -> new RolloutView(found, sets.getStore().list(), pods.getStore().list()));
  }

  /**
   * Whether the cluster says something else when it is asked. A connection can die without a sign,
   * and what is known then only looks as if it were kept up to date.
   */
  boolean isStale() throws InterruptedException {
    var known = view();
    if (known.isEmpty()) {
      return false;
    }
    try {
      var fresh = cluster.attempt(client -> asked(client, known.get().deployment()));
      return fresh.isPresent() && !fresh.get().progress().equals(known.get().progress());
    } catch (KubernetesClientException unanswered) {
      return false;
    }
  }

  private static Optional<RolloutView> asked(KubernetesClient client, Deployment known) {
    var namespace = known.getMetadata().getNamespace();
    var selector = known.getSpec().getSelector();
    var live =
        client
            .apps()
            .deployments()
            .inNamespace(namespace)
            .withName(known.getMetadata().getName())
            .get();
    if (live == null) {
      return Optional.empty();
    }
    var sets = client.apps().replicaSets().inNamespace(namespace).withLabelSelector(selector);
    var pods = client.pods().inNamespace(namespace).withLabelSelector(selector);
    return Optional.of(new RolloutView(live, sets.list().getItems(), pods.list().getItems()));
  }

  @Override
  public void close() {
    deployment.close();
    sets.close();
    pods.close();
  }
}
