package dev.slipway.activities.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment as it was seen at one moment, with what belongs to it. The parts are seen one by
 * one, so that one of them may be older than the others; nothing here takes that for an end.
 *
 * @param sets of every release that it still remembers
 */
record RolloutView(Deployment deployment, List<ReplicaSet> sets, List<Pod> pods) {
  private static final String REVISION = "deployment.kubernetes.io/revision";

  RolloutView {
    sets =
        sets.stream()
            .filter(
                set ->
                    isOwned(
                        set.getMetadata().getOwnerReferences(), deployment.getMetadata().getUid()))
            .toList();
    pods = List.copyOf(pods);
  }

  private static boolean isOwned(List<OwnerReference> owners, String uid) {
    return owners != null && owners.stream().anyMatch(owner -> uid.equals(owner.getUid()));
  }

  /** How far it is, as people read it. */
  String progress() {
    return "%d of %d new pods ready, %d old%s"
        .formatted(
            ready(), wanted(), old(), ending() == 0 ? "" : ", %d ending".formatted(ending()));
  }

  int wanted() {
    return number(deployment.getSpec().getReplicas(), 1);
  }

  /**
   * Every replica is a ready one of the newest template, and no other gets traffic; as with {@code
   * kubectl rollout status}, one that ends may take its time.
   */
  boolean isComplete() {
    var status = deployment.getStatus();
    return isObserved()
        && number(status.getUpdatedReplicas(), 0) == wanted()
        && number(status.getReplicas(), 0) == wanted()
        && number(status.getAvailableReplicas(), 0) == wanted()
        && ready() == wanted()
        && old() == 0;
  }

  /** Whether the cluster has begun to act on the newest template. */
  boolean isObserved() {
    var status = deployment.getStatus();
    return status != null
        && status.getObservedGeneration() != null
        && status.getObservedGeneration() >= deployment.getMetadata().getGeneration();
  }

  /** The ReplicaSet of the newest template, once there is one. */
  Optional<ReplicaSet> current() {
    var revision = Marks.annotation(deployment, REVISION);
    return revision.isEmpty() || !isObserved()
        ? Optional.empty()
        : sets.stream().filter(set -> Marks.annotation(set, REVISION).equals(revision)).findFirst();
  }

  /** Pods of the newest template that are to stay. */
  List<Pod> newPods() {
    return current()
        .map(
            set ->
                pods.stream()
                    .filter(pod -> isOf(pod, set) && !isEnding(pod) && !isOver(pod))
                    .toList())
        .orElse(List.of());
  }

  int ready() {
    return (int) newPods().stream().filter(RolloutView::isReady).count();
  }

  /** Pods of older templates that are not on their way out. */
  int old() {
    var current = current();
    return (int)
        ours()
            .filter(pod -> !isEnding(pod) && !isOver(pod))
            .filter(pod -> current.filter(set -> isOf(pod, set)).isEmpty())
            .count();
  }

  /** Pods of any template, whatever becomes of them. */
  List<Pod> all() {
    return ours().toList();
  }

  /** Pods of any template that are not on their way out. */
  int staying() {
    return (int) ours().filter(pod -> !isEnding(pod) && !isOver(pod)).count();
  }

  /** Pods on their way out. */
  private int ending() {
    return (int) ours().filter(RolloutView::isEnding).count();
  }

  private Stream<Pod> ours() {
    return pods.stream().filter(pod -> sets.stream().anyMatch(set -> isOf(pod, set)));
  }

  static boolean isReady(Pod pod) {
    return !isEnding(pod)
        && pod.getStatus() != null
        && pod.getStatus().getConditions() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private static boolean isOf(Pod pod, ReplicaSet set) {
    return isOwned(pod.getMetadata().getOwnerReferences(), set.getMetadata().getUid());
  }

  private static boolean isEnding(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /** Such as one that was evicted: it is replaced, and stays to be looked at. */
  private static boolean isOver(Pod pod) {
    var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return "Failed".equals(phase) || "Succeeded".equals(phase);
  }

  static int number(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }
}
