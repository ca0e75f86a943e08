package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.Pod;
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
                    .withoutLabel(CandidateMarks.CANDIDATE)
                    .withoutLabel(Marks.PART)
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
            .filter(one -> Marks.label(one, Marks.PART).isEmpty())
            .filter(one -> Marks.label(one, CandidateMarks.CANDIDATE).isEmpty())
        : Optional.of(marked.getFirst());
  }

  /** What stands beside it for the time of a rollout. */
  List<Deployment> candidates(EnvironmentId environment)
      throws StepFailedException, InterruptedException {
    return cluster.ask(
        client ->
            client
                .apps()
                .deployments()
                .inNamespace(namespace.name())
                .withLabels(Marks.labels(environment))
                .withLabel(CandidateMarks.CANDIDATE)
                .list()
                .getItems());
  }

  /**
   * The Deployment that runs the image keeps its name from release to release: two of them would
   * both say that they are the environment.
   */
  void refuseRename(Optional<Deployment> live, String name, EnvironmentId environment)
      throws StepFailedException {
    if (live.isEmpty()
        || !Marks.areOf(live.get(), environment)
        || live.get().getMetadata().getName().equals(name)) {
      return;
    }
    var old = live.get().getMetadata().getName();
    throw new StepFailedException(
        FailureType.CONFIGURATION,
        "%s runs as Deployment %s in %s, and the release would have it be %s"
            .formatted(environment, old, namespace, name),
        "Keep the name %s. Or take that one out of our hands, after which it runs on and no way back leads to it: kubectl -n %s label deployment %s %s- %s-"
            .formatted(old, namespace.name(), old, Marks.APPLICATION, Marks.ENVIRONMENT));
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

  /** A Service that leads to the Deployment's pods; the one of its name first. */
  Optional<Service> service(Deployment deployment)
      throws StepFailedException, InterruptedException {
    var matching =
        services(deployment).stream()
            .filter(service -> !service.getSpec().getPorts().isEmpty())
            .toList();
    return matching.stream()
        .filter(s -> s.getMetadata().getName().equals(deployment.getMetadata().getName()))
        .findFirst()
        .or(() -> matching.stream().findFirst());
  }

  /** The Service that leads to a candidate alone. */
  Optional<Service> preview(Deployment candidate) throws StepFailedException, InterruptedException {
    var name = CandidateMarks.service(CandidateMarks.beside(candidate));
    return services().stream()
        .filter(service -> service.getMetadata().getName().equals(name))
        .filter(service -> Marks.label(service, CandidateMarks.CANDIDATE).isPresent())
        .findFirst();
  }

  /** Those that lead to the Deployment's pods, or will again when no candidate has its traffic. */
  List<Service> services(Deployment deployment) throws StepFailedException, InterruptedException {
    var labels = Desired.podLabels(deployment);
    return services().stream()
        .filter(service -> Led.matches(Led.usually(service), labels))
        .toList();
  }

  List<Service> services() throws StepFailedException, InterruptedException {
    return cluster.ask(client -> client.services().inNamespace(namespace.name()).list().getItems());
  }

  /** As it is now; as it was when it is gone. */
  Deployment anew(Deployment known) throws StepFailedException, InterruptedException {
    return cluster
        .find(
            client ->
                client
                    .apps()
                    .deployments()
                    .inNamespace(namespace.name())
                    .withName(known.getMetadata().getName())
                    .get())
        .orElse(known);
  }

  /** A Deployment with what belongs to it at this moment. */
  RolloutView view(Deployment live) throws StepFailedException, InterruptedException {
    var selector = live.getSpec().getSelector();
    var sets =
        cluster.ask(
            client ->
                client
                    .apps()
                    .replicaSets()
                    .inNamespace(namespace.name())
                    .withLabelSelector(selector)
                    .list()
                    .getItems());
    List<Pod> pods =
        cluster.ask(
            client ->
                client
                    .pods()
                    .inNamespace(namespace.name())
                    .withLabelSelector(selector)
                    .list()
                    .getItems());
    return new RolloutView(live, sets, pods);
  }
}
