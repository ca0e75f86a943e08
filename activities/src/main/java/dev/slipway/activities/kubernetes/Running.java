package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.environment.KubernetesDeployment.Workload;
import dev.slipway.environment.ReleaseLabels;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads from a Deployment, its ReplicaSets and pods which release serves. */
final class Running {
  private Running() {}

  /**
   * Of a rollout that is under way, or was given up, the release whose pods serve; empty when none
   * ever did.
   */
  static Optional<KubernetesDeployment> of(EnvironmentId environment, RolloutView view)
      throws StepFailedException {
    var live = view.deployment();
    if (view.wanted() == 0) {
      return Optional.empty();
    }
    var older = older(view);
    if (!hasArrived(view) && older.isPresent()) {
      var before = Marks.release(older.get()).filter(release -> runs(release, older.get()));
      if (before.isPresent()) {
        return before;
      }
      return Optional.of(unknown(environment, live, older.get(), view.pods()));
    }
    var said = Marks.release(live);
    if (said.isPresent() && container(live, said.get()).getImage().equals(said.get().image())) {
      return hasArrived(view) ? said : Optional.empty();
    }
    return Optional.of(foreign(environment, live, view));
  }

  /** Whether the newest template has served with all its replicas at some time. */
  private static boolean hasArrived(RolloutView view) {
    var status = view.deployment().getStatus();
    return view.isObserved()
        && (view.ready() >= view.wanted()
            || (status.getConditions() != null
                && status.getConditions().stream()
                    .filter(c -> "Progressing".equals(c.getType()))
                    .anyMatch(c -> "NewReplicaSetAvailable".equals(c.getReason()))));
  }

  /** The ReplicaSet of an older template that still has the most pods. */
  private static Optional<ReplicaSet> older(RolloutView view) {
    var current = view.current().map(set -> set.getMetadata().getUid());
    return view.sets().stream()
        .filter(set -> current.filter(set.getMetadata().getUid()::equals).isEmpty())
        .filter(set -> RolloutView.number(set.getSpec().getReplicas(), 0) > 0)
        .max(
            Comparator.comparingInt(
                set -> RolloutView.number(set.getStatus().getReadyReplicas(), 0)));
  }

  private static boolean runs(KubernetesDeployment release, ReplicaSet set) {
    return set.getSpec().getTemplate().getSpec().getContainers().stream()
        .anyMatch(container -> release.image().equals(container.getImage()));
  }

  private static Container container(Deployment live, KubernetesDeployment release)
      throws StepFailedException {
    return Containers.of(live, release.workload().container(), release.image());
  }

  /**
   * What others deployed, or changed after us: a release of no run, by what its pods really are.
   */
  private static KubernetesDeployment foreign(
      EnvironmentId environment, Deployment live, RolloutView view) throws StepFailedException {
    var container = application(environment, live);
    return unlabelled(
        environment,
        live,
        container,
        digest(live, container, view.newPods()),
        CandidateMarks.fullSize(live));
  }

  private static KubernetesDeployment unknown(
      EnvironmentId environment, Deployment live, ReplicaSet set, List<Pod> pods)
      throws StepFailedException {
    var name = application(environment, live).getName();
    var container =
        Containers.named(set.getSpec().getTemplate().getSpec().getContainers(), name)
            .orElseThrow(() -> unreadable(live, name));
    var owned =
        pods.stream()
            .filter(
                pod ->
                    pod.getMetadata().getOwnerReferences().stream()
                        .anyMatch(o -> o.getUid().equals(set.getMetadata().getUid())))
            .toList();
    return unlabelled(
        environment,
        live,
        container,
        digest(live, container, owned),
        RolloutView.number(set.getSpec().getReplicas(), 1));
  }

  /** The container that the last release was in, or the only one, or that of the same name. */
  private static Container application(EnvironmentId environment, Deployment live)
      throws StepFailedException {
    var last = Marks.release(live);
    if (last.isPresent()) {
      return container(live, last.get());
    }
    var all = live.getSpec().getTemplate().getSpec().getContainers();
    var same = Containers.named(all, environment.application());
    return same.isPresent() ? same.get() : Containers.of(live, null, null);
  }

  private static KubernetesDeployment unlabelled(
      EnvironmentId environment,
      HasMetadata live,
      Container container,
      Digest digest,
      int replicas) {
    var configuration = new ContainerBuilder(container).withImage(null).build();
    return new KubernetesDeployment(
        new ReleaseLabels(
            environment, 0, 0, null, digest, Digest.of(Json.bytes(configuration)), null),
        Images.repository(container.getImage()) + "@" + digest,
        new Workload(live.getMetadata().getName(), container.getName(), null, null, null),
        replicas);
  }

  /** The image by content: as it is asked for, or else as the nodes have it. */
  private static Digest digest(Deployment live, Container container, List<Pod> pods)
      throws StepFailedException {
    var asked = Images.digest(container.getImage());
    if (asked.isPresent()) {
      return asked.get();
    }
    var found =
        pods.stream()
            .filter(RolloutView::isReady)
            .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
            .filter(status -> container.getName().equals(status.getName()))
            .flatMap(status -> Images.digest(String.valueOf(status.getImageID())).stream())
            .distinct()
            .toList();
    if (found.size() != 1) {
      throw new StepFailedException(
          FailureType.CONFLICT,
          found.isEmpty()
              ? "no ready pod of Deployment %s says by digest what %s is"
                  .formatted(live.getMetadata().getName(), container.getImage())
              : "pods of Deployment %s run different images under the one name %s: %s"
                  .formatted(live.getMetadata().getName(), container.getImage(), found),
          "Have it run one image by digest: kubectl -n %s set image deployment/%s %s=NAME@sha256:…"
              .formatted(
                  live.getMetadata().getNamespace(),
                  live.getMetadata().getName(),
                  container.getName()));
    }
    return found.getFirst();
  }

  private static StepFailedException unreadable(Deployment live, String container) {
    return new StepFailedException(
        FailureType.CONFLICT,
        "the pods that serve for Deployment %s have no container %s"
            .formatted(live.getMetadata().getName(), container),
        "Finish or undo the change that is under way: kubectl -n %s rollout undo deployment/%s"
            .formatted(live.getMetadata().getNamespace(), live.getMetadata().getName()));
  }
}
