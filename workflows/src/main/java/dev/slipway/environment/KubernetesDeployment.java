package dev.slipway.environment;

import dev.slipway.artifact.Digest;
import dev.slipway.json.Json;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * An application as pods of a Deployment in a cluster; the environment's specification says which
 * cluster and namespace.
 *
 * @param image by digest: {@code registry.example.com/shop@sha256:…}
 * @param replicas how many are wanted; what an autoscaler says instead is its own matter
 */
public record KubernetesDeployment(
    ReleaseLabels labels, String image, Workload workload, int replicas) implements Deployment {
  /** The digest of a configuration, which is part of a release. */
  public static Digest configuration(@Nullable Namespace namespace, Workload workload) {
    return Digest.of(Json.bytes(new Configuration(namespace, workload)));
  }

  private record Configuration(@Nullable Namespace namespace, Workload workload) {}

  @Override
  public Digest content() {
    return new Digest(image.substring(image.indexOf('@') + 1));
  }

  /**
   * Which of the cluster's objects run it.
   *
   * @param name of the Deployment, and of the Service when we make one
   * @param container of the pod that runs the image; null for the only one
   * @param port that the container listens on; null when the objects say so themselves
   * @param health path that answers 200 when a pod may take traffic; null when the objects say so
   *     themselves, or for a port that accepts connections
   * @param objects rendered manifests in the store, which are applied with the image; null when
   *     there are none, so that what is there is patched or a minimal one is made
   */
  public record Workload(
      String name,
      @Nullable String container,
      @Nullable Integer port,
      @Nullable String health,
      @Nullable Digest objects) {}
}
