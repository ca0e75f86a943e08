package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.target.Target;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.environment.LocalDeployment;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Runs releases as pods of a Deployment in one namespace of a cluster. What it does there survives
 * this process: the rollout is the cluster's own work, and the next attempt follows it further.
 */
public final class KubernetesTarget implements Target {
  private final ClusterConnection cluster;
  private final Namespace namespace;
  private final String engine;
  private final Limits limits;
  private final Workloads workloads;

  /**
   * @param engine names the one that works on its environments, over restarts
   */
  public KubernetesTarget(ClusterConnection cluster, Namespace namespace, String engine) {
    this(cluster, namespace, engine, Limits.DEFAULT);
  }

  public KubernetesTarget(
      ClusterConnection cluster, Namespace namespace, String engine, Limits limits) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.engine = engine;
    this.limits = limits;
    this.workloads = new Workloads(cluster, namespace);
  }

  @Override
  public URI url(EnvironmentId environment) throws StepFailedException, InterruptedException {
    var live = workloads.of(environment);
    if (live.isEmpty()) {
      return Addresses.future(namespace, environment.application());
    }
    var service = workloads.service(live.get());
    return service.isEmpty()
        ? Addresses.future(namespace, live.get().getMetadata().getName())
        : Addresses.of(service.get(), view(live.get()).pods());
  }

  @Override
  public Optional<Deployment> running(EnvironmentId environment)
      throws StepFailedException, InterruptedException {
    var live = workloads.of(environment);
    return live.isEmpty()
        ? Optional.empty()
        : Running.of(environment, view(live.get())).map(Deployment.class::cast);
  }

  @Override
  public Optional<Digest> published(EnvironmentId environment) {
    return Optional.empty();
  }

  @Override
  public void apply(
      EnvironmentId environment,
      Deployment wanted,
      RolloutSettings settings,
      long fencingToken,
      StepLog log)
      throws StepFailedException, InterruptedException {
    var release = ours(environment, wanted);
    var fence = new Fence(cluster, namespace, environment, engine);
    var applying = new Applying(cluster, namespace, log);
    while (true) {
      var applied = applying.release(environment, release, settings, fence, fencingToken);
      var watch = new RolloutWatch(cluster, namespace, limits, log);
      switch (watch.await(applied)) {
        case RolloutWatch.End.Complete _ -> {
          return;
        }
        case RolloutWatch.End.Overwritten _ ->
            log.line("another release was written over this one; looks who may");
      }
    }
  }

  @Override
  public void stop(EnvironmentId environment, long fencingToken, StepLog log)
      throws StepFailedException, InterruptedException {
    new Ending(cluster, namespace, limits, log)
        .end(environment, new Fence(cluster, namespace, environment, engine), fencingToken);
  }

  @Override
  public void publish(
      EnvironmentId environment, Optional<Digest> manifest, long fencingToken, StepLog log)
      throws StepFailedException {
    if (manifest.isPresent()) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "%s is in a cluster, where a frontend is part of the image".formatted(environment),
          "Have the image serve it, or publish it to an environment of `target: local`.");
    }
  }

  @Override
  public Probe probe(EnvironmentId environment, Duration window, Duration interval, StepLog log)
      throws StepFailedException, InterruptedException {
    var live = workloads.of(environment);
    if (live.isEmpty()) {
      return new Probe(0, 1, List.of("no replica runs"));
    }
    var service = ServiceProxy.of(cluster, namespace, live.get(), workloads.service(live.get()));
    var records = new PodRecords(cluster, namespace);
    // The cluster's own times are whole seconds.
    var judged = new HealthWindow(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    var began = System.nanoTime();
    while (true) {
      var view = view(workloads.of(environment).orElse(live.get()));
      judged.look(view);
      if (service.isPresent() && !judged.isSpoilt()) {
        service.get().problem().ifPresentOrElse(judged::problem, judged::answered);
      }
      var isOver = RolloutWatch.passed(began).compareTo(window) >= 0;
      if (window.isPositive() && (isOver || judged.isSpoilt())) {
        for (var pod : view.newPods()) {
          judged.events(records.events(pod));
        }
      }
      if (isOver || judged.isSpoilt()) {
        var probe = judged.probe();
        probe.problems().forEach(log::line);
        return probe;
      }
      Thread.sleep(interval);
    }
  }

  private RolloutView view(io.fabric8.kubernetes.api.model.apps.Deployment live)
      throws StepFailedException, InterruptedException {
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

  private static KubernetesDeployment ours(EnvironmentId environment, Deployment wanted)
      throws StepFailedException {
    return switch (wanted) {
      case KubernetesDeployment deployment -> {
        if (Images.digest(deployment.image()).isEmpty()) {
          throw new StepFailedException(
              FailureType.CONFIGURATION,
              "%s is no image by digest".formatted(deployment.image()),
              "Deploy what a build step answered: ${image:STEP}.");
        }
        if (deployment.workload().objects() != null) {
          throw new StepFailedException(
              FailureType.CONFIGURATION,
              "release %d of %s has rendered manifests, which can't be applied yet"
                  .formatted(deployment.labels().release(), environment),
              "Leave `manifests` out, apply them by hand once, and let the step patch the image.");
        }
        yield deployment;
      }
      case LocalDeployment local ->
          throw new StepFailedException(
              FailureType.CONFIGURATION,
              "release %d of %s is an artifact for this machine, and runs in no cluster"
                  .formatted(local.labels().release(), environment),
              "Say `target: local` for the environment, or release an image.");
    };
  }
}
