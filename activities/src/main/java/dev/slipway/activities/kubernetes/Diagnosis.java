package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.activities.kubernetes.Trouble.Source;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads from the states of a Deployment and its new pods why they do not become ready. */
final class Diagnosis {
  private static final Set<String> NO_IMAGE =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "ImageInspectError",
          "ErrImageNeverPull",
          "InvalidImageName",
          "RegistryUnavailable",
          "SignatureValidationFailed");

  private static final Set<String> NO_CONTAINER =
      Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

  private static final Pattern FINAL =
      Pattern.compile(
          "not found|unauthorized|denied|forbidden|InvalidImageName|couldn't parse|no match for",
          Pattern.CASE_INSENSITIVE);

  private final Limits limits;

  Diagnosis(Limits limits) {
    this.limits = limits;
  }

  /** The first thing that is wrong; empty while all is on its way. */
  Optional<Trouble> of(RolloutView view) {
    if (Boolean.TRUE.equals(view.deployment().getSpec().getPaused())) {
      return Optional.of(
          new Trouble(
              FailureType.CONFLICT,
              "Deployment %s is paused".formatted(name(view)),
              "Somebody paused it: kubectl -n %s rollout resume deployment/%s"
                  .formatted(namespace(view), name(view)),
              Duration.ZERO,
              null));
    }
    return view.newPods().stream()
        .flatMap(pod -> ofPod(pod).stream())
        .findFirst()
        .or(() -> refused(view));
  }

  /** For a rollout that has stood still; what else is known of it is in its pods' events. */
  Trouble standstill(RolloutView view, List<Event> events) {
    var pod = view.newPods().stream().filter(p -> !RolloutView.isReady(p)).findFirst();
    var said =
        events.stream()
            .filter(event -> "Warning".equals(event.getType()))
            .map(event -> ClusterFailures.shortened(event.getMessage()))
            .reduce((_, last) -> last);
    if (pod.isEmpty()) {
      return new Trouble(
          FailureType.UNHEALTHY,
          "the rollout of %s stands still at %s".formatted(name(view), view.progress()),
          "See what the cluster says of it: kubectl -n %s describe deployment %s"
              .formatted(namespace(view), name(view)),
          Duration.ZERO,
          null);
    }
    var podName = pod.get().getMetadata().getName();
    return new Trouble(
        FailureType.UNHEALTHY,
        "pod %s does not become ready%s"
            .formatted(podName, said.map(text -> ": " + text).orElse("")),
        "Look at what its readiness probe asks, and at what the application printed.",
        Duration.ZERO,
        statuses(pod.get())
            .filter(status -> status.getState() != null && status.getState().getRunning() != null)
            .filter(status -> !Boolean.TRUE.equals(status.getReady()))
            .map(status -> new Source(podName, status.getName()))
            .findFirst()
            .orElse(null));
  }

  private Optional<Trouble> ofPod(Pod pod) {
    return statuses(pod)
        .flatMap(status -> ofContainer(pod, status).stream())
        .findFirst()
        .or(() -> unscheduled(pod));
  }

  private Optional<Trouble> ofContainer(Pod pod, ContainerStatus status) {
    var waiting = status.getState() == null ? null : status.getState().getWaiting();
    if (waiting == null || waiting.getReason() == null) {
      return Optional.empty();
    }
    var name = pod.getMetadata().getName();
    var reason = waiting.getReason();
    var message =
        ClusterFailures.shortened(waiting.getMessage() == null ? reason : waiting.getMessage());
    if (NO_IMAGE.contains(reason)) {
      var last = FINAL.matcher(reason + " " + message).find();
      return Optional.of(
          new Trouble(
              last ? FailureType.CONFIGURATION : FailureType.INFRASTRUCTURE,
              "pod %s can't pull its image %s: %s: %s"
                  .formatted(name, status.getImage(), reason, message),
              "Is the image in the registry, can the nodes reach it, and may they read it"
                  + " (`imagePullSecrets`)?",
              last ? Duration.ZERO : limits.image(),
              null));
    }
    if (NO_CONTAINER.contains(reason)) {
      return Optional.of(
          new Trouble(
              FailureType.CONFIGURATION,
              "container %s of pod %s can't be started: %s: %s"
                  .formatted(status.getName(), name, reason, message),
              "Make what the message names, or correct the image's command.",
              limits.container(),
              null));
    }
    return reason.equals("CrashLoopBackOff")
        ? Optional.of(crashes(name, status))
        : Optional.empty();
  }

  private static Trouble crashes(String pod, ContainerStatus status) {
    return new Trouble(
        FailureType.UNHEALTHY,
        "container %s of pod %s crashes again and again%s"
            .formatted(
                status.getName(), pod, end(status.getLastState()).map(Diagnosis::text).orElse("")),
        "Look at what it printed.",
        Duration.ZERO,
        new Source(pod, status.getName()));
  }

  /** How a container ended last, as {@code : exit code 3}. */
  private static String text(ContainerStateTerminated end) {
    if ("OOMKilled".equals(end.getReason())) {
      return ": it takes more memory than its limit (OOMKilled)";
    }
    if ("StartError".equals(end.getReason()) || "ContainerCannotRun".equals(end.getReason())) {
      return ": " + ClusterFailures.shortened(end.getMessage());
    }
    return ": exit code " + end.getExitCode();
  }

  private static Optional<ContainerStateTerminated> end(@Nullable ContainerState state) {
    return state == null ? Optional.empty() : Optional.ofNullable(state.getTerminated());
  }

  private Optional<Trouble> unscheduled(Pod pod) {
    if (pod.getStatus() == null || pod.getStatus().getConditions() == null) {
      return Optional.empty();
    }
    return pod.getStatus().getConditions().stream()
        .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
        .filter(c -> "Unschedulable".equals(c.getReason()))
        .findFirst()
        .map(
            c ->
                new Trouble(
                    FailureType.INFRASTRUCTURE,
                    "no node has room for pod %s: %s"
                        .formatted(
                            pod.getMetadata().getName(), ClusterFailures.shortened(c.getMessage())),
                    "Add nodes, or ask for less in the pod's resources and node selectors.",
                    limits.unschedulable(),
                    null));
  }

  private Optional<Trouble> refused(RolloutView view) {
    var status = view.deployment().getStatus();
    if (status == null || status.getConditions() == null || !view.isObserved()) {
      return Optional.empty();
    }
    return status.getConditions().stream()
        .filter(c -> "ReplicaFailure".equals(c.getType()) && "True".equals(c.getStatus()))
        .findFirst()
        .map(
            c ->
                new Trouble(
                    FailureType.CONFIGURATION,
                    "the cluster refuses new pods of %s: %s"
                        .formatted(name(view), ClusterFailures.shortened(c.getMessage())),
                    "Raise the namespace's quota, or ask for less; a rollout needs `maxSurge` pods"
                        + " more for a while.",
                    limits.refused(),
                    null));
  }

  /** Whether the last that was noted is that a node fetches an image, however long it takes. */
  static boolean isPulling(List<Event> events) {
    return !events.isEmpty() && "Pulling".equals(events.getLast().getReason());
  }

  /** What the containers' probes allow besides; a slow start is no standstill. */
  static Duration startup(RolloutView view) {
    var seconds =
        view.deployment().getSpec().getTemplate().getSpec().getContainers().stream()
            .mapToLong(
                container ->
                    allowed(container.getStartupProbe()) + delay(container.getReadinessProbe()))
            .max()
            .orElse(0);
    return Duration.ofSeconds(seconds);
  }

  private static long allowed(@Nullable Probe startup) {
    return startup == null
        ? 0
        : delay(startup)
            + (long) RolloutView.number(startup.getPeriodSeconds(), 10)
                * RolloutView.number(startup.getFailureThreshold(), 3);
  }

  private static long delay(@Nullable Probe probe) {
    return probe == null ? 0 : RolloutView.number(probe.getInitialDelaySeconds(), 0);
  }

  private static Stream<ContainerStatus> statuses(Pod pod) {
    var status = pod.getStatus();
    if (status == null) {
      return Stream.empty();
    }
    var init = status.getInitContainerStatuses();
    var main = status.getContainerStatuses();
    return Stream.concat(
        init == null ? Stream.empty() : init.stream(),
        main == null ? Stream.empty() : main.stream());
  }

  private static String name(RolloutView view) {
    return view.deployment().getMetadata().getName();
  }

  private static String namespace(RolloutView view) {
    return view.deployment().getMetadata().getNamespace();
  }
}
