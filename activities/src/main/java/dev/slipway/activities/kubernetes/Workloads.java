package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;

/** Finds what runs an application among the objects of a namespace. */
final class Workloads {
  private final ClusterConnection cluster;
  private final Namespace namespace;

  Workloads(ClusterConnection cluster, Namespace namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  /** The Deployment of this name, unless it is another application's or environment's. */
  Optional<Deployment> named(String name, EnvironmentId environment)
      throws StepFailedException, InterruptedException {
    var found =
        cluster.find(
            client ->
                client.apps().deployments().inNamespace(namespace.name()).withName(name).get());
    if (found.isPresent()) {
      var mine = Marks.labels(environment);
      for (var key : List.of(Marks.APPLICATION, Marks.ENVIRONMENT)) {
        var owner = Marks.label(found.get(), key);
        if (owner.isPresent() && !owner.get().equals(mine.get(key))) {
          throw new StepFailedException(
              FailureType.CONFLICT,
              "Deployment %s in %s says %s=%s and is not that of %s"
                  .formatted(name, namespace, key, owner.get(), environment),
              "Give the step another `name`, or the environment a namespace of its own.");
        }
      }
    }
    return found;
  }

  /** The one that carries the environment's labels, or else is named as the application. */
  Optional<Deployment> of(EnvironmentId environment)
      throws StepFailedException, InterruptedException {
    var marked =
        cluster.ask(
            client ->
                client
                    .apps()
                    .deployments()
                    .inNamespace(namespace.name())
                    .withLabels(Marks.labels(environment))
                    .list()
                    .getItems());
    if (marked.size() > 1) {
      throw new StepFailedException(
          FailureType.CONFLICT,
          "%s Deployments in %s say that they are %s: %s"
              .formatted(
                  marked.size(),
                  namespace,
                  environment,
                  String.join(", ", marked.stream().map(d -> d.getMetadata().getName()).toList())),
          "Keep the one that runs; take the label %s off the others.".formatted(Marks.APPLICATION));
    }
    return marked.isEmpty()
        ? named(environment.application(), environment)
        : Optional.of(marked.getFirst());
  }

  /** Whether an autoscaler decides how many replicas a Deployment has. */
  boolean isAutoscaled(String deployment) throws StepFailedException, InterruptedException {
    return cluster
        .ask(
            client ->
                client
                    .autoscaling()
                    .v2()
                    .horizontalPodAutoscalers()
                    .inNamespace(namespace.name())
                    .list()
                    .getItems())
        .stream()
        .map(autoscaler -> autoscaler.getSpec().getScaleTargetRef())
        .anyMatch(
            scaled -> "Deployment".equals(scaled.getKind()) && deployment.equals(scaled.getName()));
  }

  /** The Service whose selector matches the Deployment's pods; the one of its name first. */
  Optional<Service> service(Deployment deployment)
      throws StepFailedException, InterruptedException {
    var labels = Desired.podLabels(deployment).entrySet();
    var matching =
        cluster
            .ask(client -> client.services().inNamespace(namespace.name()).list().getItems())
            .stream()
            .filter(service -> service.getSpec().getSelector() != null)
            .filter(service -> !service.getSpec().getSelector().isEmpty())
            .filter(service -> labels.containsAll(service.getSpec().getSelector().entrySet()))
            .filter(service -> !service.getSpec().getPorts().isEmpty())
            .toList();
    return matching.stream()
        .filter(s -> s.getMetadata().getName().equals(deployment.getMetadata().getName()))
        .findFirst()
        .or(() -> matching.stream().findFirst());
  }
}
