package dev.slipway.activities.kubernetes;

import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What people and tools have written of a namespace's Deployments and Services, at one moment. When
 * a change has failed and all of it is as it was before, there is nothing to take back: the
 * cluster's own word counts, and not what a writer believes that it has sent.
 */
final class Standing {
  /** Written by the cluster itself while it follows a Deployment. */
  private static final String OF_THE_CLUSTER = "deployment.kubernetes.io/";

  private final ClusterConnection cluster;
  private final Namespace namespace;
  private final Map<String, String> objects;

  private Standing(ClusterConnection cluster, Namespace namespace, Map<String, String> objects) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.objects = objects;
  }

  /** Something that changes a namespace, or refuses to. */
  @FunctionalInterface
  interface Work<T> {
    T result() throws StepFailedException, InterruptedException;
  }

  /** The same without an answer. */
  @FunctionalInterface
  interface Task {
    void perform() throws StepFailedException, InterruptedException;
  }

  /** Does it; a failure says for certain that nothing was changed, when that is so. */
  static void observed(ClusterConnection cluster, Namespace namespace, Task task)
      throws StepFailedException, InterruptedException {
    var _ =
        observed(
            cluster,
            namespace,
            () -> {
              task.perform();
              return true;
            });
  }

  /** Does it; a failure says for certain that nothing was changed, when that is so. */
  static <T> T observed(ClusterConnection cluster, Namespace namespace, Work<T> work)
      throws StepFailedException, InterruptedException {
    Standing before;
    try {
      before = of(cluster, namespace);
    } catch (StepFailedException unreadable) {
      throw unreadable.beforeAnyChange();
    }
    try {
      return work.result();
    } catch (StepFailedException failure) {
      throw isAnswer(failure) && before.isStill() ? failure.beforeAnyChange() : failure;
    }
  }

  /** A call that was lost may still be under way, and arrive after the look. */
  private static boolean isAnswer(StepFailedException failure) {
    return switch (failure.failure().type()) {
      case CONFIGURATION, CONFLICT, FINDINGS, UNHEALTHY -> true;
      case TRANSIENT, INFRASTRUCTURE, BUILD_FAILED, TESTS_FAILED, TIMEOUT, CANCELLED -> false;
    };
  }

  private static Standing of(ClusterConnection cluster, Namespace namespace)
      throws StepFailedException, InterruptedException {
    var objects = new TreeMap<String, String>();
    cluster
        .ask(c -> c.apps().deployments().inNamespace(namespace.name()).list().getItems())
        .forEach(found -> objects.put(key(found), written(found, found.getSpec())));
    cluster
        .ask(c -> c.services().inNamespace(namespace.name()).list().getItems())
        .forEach(found -> objects.put(key(found), written(found, found.getSpec())));
    return new Standing(cluster, namespace, objects);
  }

  /** False also when it can't be seen. */
  private boolean isStill() throws InterruptedException {
    try {
      return of(cluster, namespace).objects.equals(objects);
    } catch (StepFailedException unreadable) {
      return false;
    }
  }

  private static String key(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }

  private static String written(HasMetadata object, Object spec) {
    var metadata = object.getMetadata();
    var annotations =
        new TreeMap<String, String>(
            Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of()));
    annotations.keySet().removeIf(name -> name.startsWith(OF_THE_CLUSTER));
    var labels =
        new TreeMap<String, String>(
            Objects.requireNonNullElse(metadata.getLabels(), Map.<String, String>of()));
    return "%s %s %s %s"
        .formatted(metadata.getUid(), labels, annotations, Serialization.asJson(spec));
  }
}
