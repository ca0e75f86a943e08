package dev.slipway.activities.kubernetes;

import dev.slipway.activities.target.Target.Probe;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Judges looks at the pods of a Deployment over a window; the first problem ends it. */
final class HealthWindow {
  /** What the cluster notes when a probe fails or a container ends. */
  private static final Set<String> UNHEALTHY = Set.of("Unhealthy", "BackOff", "Failed", "Evicted");

  private final Instant began;
  private final String whose;
  private final Map<String, Integer> restarts = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private int passed;
  private int failed;

  /**
   * @param whose what is said before each problem
   */
  HealthWindow(Instant began, String whose) {
    this.began = began;
    this.whose = whose;
  }

  /** Looks at the pods that are to serve. */
  void look(RolloutView view) {
    if (view.wanted() == 0) {
      problem("no replica runs");
      return;
    }
    var pods = view.newPods();
    for (var pod : pods) {
      restarted(pod);
      if (RolloutView.isReady(pod)) {
        passed++;
      } else {
        problem("pod %s is not ready".formatted(pod.getMetadata().getName()));
      }
    }
    if (pods.size() < view.wanted()) {
      problem("%d of %d pods are there".formatted(pods.size(), view.wanted()));
    }
  }

  private void restarted(Pod pod) {
    var now =
        pod.getStatus().getContainerStatuses() == null
            ? 0
            : pod.getStatus().getContainerStatuses().stream()
                .mapToInt(status -> RolloutView.number(status.getRestartCount(), 0))
                .sum();
    var name = pod.getMetadata().getName();
    var before = restarts.putIfAbsent(name, now);
    if (before != null && now > before) {
      problem("pod %s was started again %d times".formatted(name, now - before));
    }
  }

  /** Looks at what the cluster noted about the pods since the window began. */
  void events(List<Event> events) {
    for (var event : events) {
      if ("Warning".equals(event.getType())
          && UNHEALTHY.contains(String.valueOf(event.getReason()))
          && !Instant.parse(PodRecords.time(event)).isBefore(began)) {
        problem(
            "pod %s: %s: %s"
                .formatted(
                    event.getInvolvedObject().getName(),
                    event.getReason(),
                    ClusterFailures.shortened(event.getMessage())));
      }
    }
  }

  void answered() {
    passed++;
  }

  void problem(String text) {
    failed++;
    problems.add(whose + text);
  }

  boolean isSpoilt() {
    return !problems.isEmpty();
  }

  Probe probe() {
    return new Probe(passed, failed, problems);
  }
}
