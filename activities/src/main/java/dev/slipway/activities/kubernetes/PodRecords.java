package dev.slipway.activities.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URLEncoder;
import java.util.Comparator;
import java.util.List;

/**
 * What pods printed, and what the cluster noted about them: explanations of a failure that is known
 * already. Where they can't be had, the failure stands without them.
 */
final class PodRecords {
  private static final int LINES = 20;
  private static final int BYTES = 16 * 1024;

  private final ClusterConnection cluster;
  private final Namespace namespace;

  PodRecords(ClusterConnection cluster, Namespace namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  /** The last lines of a container that ended, or of the one that runs. */
  List<String> lastLines(Trouble.Source source) throws InterruptedException {
    var before = lines(source, "&previous=true");
    return before.isEmpty() ? lines(source, "") : before;
  }

  private List<String> lines(Trouble.Source source, String more) throws InterruptedException {
    var path =
        "/api/v1/namespaces/%s/pods/%s/log?container=%s&tailLines=%d&limitBytes=%d%s"
            .formatted(
                namespace.name(),
                source.pod(),
                URLEncoder.encode(source.container(), UTF_8),
                LINES,
                BYTES,
                more);
    try {
      return cluster
          .attempt(client -> client.raw(path))
          .lines()
          .map(ClusterFailures::shortened)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (KubernetesClientException none) {
      return List.of();
    }
  }

  /** Oldest first. */
  List<Event> events(Pod pod) throws InterruptedException {
    try {
      return cluster
          .attempt(
              client ->
                  client
                      .v1()
                      .events()
                      .inNamespace(namespace.name())
                      .withField("involvedObject.uid", pod.getMetadata().getUid())
                      .list()
                      .getItems())
          .stream()
          .sorted(Comparator.comparing(PodRecords::time))
          .toList();
    } catch (KubernetesClientException none) {
      return List.of();
    }
  }

  /** ISO 8601, so that the order of the texts is that of the times. */
  static String time(Event event) {
    if (event.getLastTimestamp() != null) {
      return event.getLastTimestamp();
    }
    var first = event.getFirstTimestamp();
    return first == null ? event.getMetadata().getCreationTimestamp() : first;
  }
}
