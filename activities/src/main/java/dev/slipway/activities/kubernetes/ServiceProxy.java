package dev.slipway.activities.kubernetes;

import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/**
 * An application's health path, asked through its Service by way of the API server, so that it can
 * be asked from wherever the API server is reached.
 *
 * @param path on the API server
 * @param shown for people
 */
record ServiceProxy(ClusterConnection cluster, String path, String shown) {
  /** Empty when nothing says what to ask for. */
  static Optional<ServiceProxy> of(
      ClusterConnection cluster, Namespace namespace, Deployment live, Optional<Service> service)
      throws StepFailedException {
    var health = health(live);
    if (health.isEmpty() || service.isEmpty()) {
      return Optional.empty();
    }
    var name = service.get().getMetadata().getName();
    var port = service.get().getSpec().getPorts().getFirst().getPort();
    return Optional.of(
        new ServiceProxy(
            cluster,
            "/api/v1/namespaces/%s/services/http:%s:%d/proxy%s"
                .formatted(namespace.name(), name, port, health.get()),
            "%s of Service %s".formatted(health.get(), name)));
  }

  private static Optional<String> health(Deployment live) throws StepFailedException {
    var release = Marks.release(live);
    var said = release.map(KubernetesDeployment::workload).map(w -> w.health());
    if (said.isPresent()) {
      return said;
    }
    var container =
        release.isPresent()
            ? Containers.of(live, release.get().workload().container(), release.get().image())
            : live.getSpec().getTemplate().getSpec().getContainers().getFirst();
    var probe = container.getReadinessProbe();
    return probe == null
            || probe.getHttpGet() == null
            || "HTTPS".equals(probe.getHttpGet().getScheme())
        ? Optional.empty()
        : Optional.ofNullable(probe.getHttpGet().getPath());
  }

  /** What is wrong with its answer; empty when nothing is. */
  Optional<String> problem() throws StepFailedException, InterruptedException {
    try {
      var _ = cluster.attempt(client -> client.raw(path));
      return Optional.empty();
    } catch (KubernetesClientException e) {
      if (e.getCode() <= ClusterFailures.NO_ANSWER || e.getCode() == 401 || e.getCode() == 403) {
        throw ClusterFailures.of(cluster.name(), e);
      }
      return Optional.of(
          "%s answered %d: %s".formatted(shown, e.getCode(), ClusterFailures.said(e)));
    }
  }
}
