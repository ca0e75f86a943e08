package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.store.Store;
import dev.slipway.activities.target.Exposure;
import dev.slipway.activities.target.Target;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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
  private final Admission admission;

  /**
   * @param store holds the manifests of releases
   * @param engine names the one that works on its environments, over restarts
   */
  public KubernetesTarget(
      ClusterConnection cluster, Namespace namespace, Store store, String engine) {
    this(cluster, namespace, store, engine, Limits.DEFAULT);
  }

  public KubernetesTarget(
      ClusterConnection cluster, Namespace namespace, Store store, String engine, Limits limits) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.engine = engine;
    this.limits = limits;
    this.workloads = new Workloads(cluster, namespace);
    this.admission = new Admission(namespace, store);
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
        : Addresses.of(service.get(), workloads.view(live.get()).pods());
  }

  @Override
  public Optional<Deployment> running(EnvironmentId environment)
      throws StepFailedException, InterruptedException {
    var live = workloads.of(environment);
    return live.isEmpty()
        ? Optional.empty()
        : Running.of(environment, workloads.view(reached(environment, live.get())))
            .map(Deployment.class::cast);
  }

  /** The one that its Services lead to: the candidate when they were switched. */
  private io.fabric8.kubernetes.api.model.apps.Deployment reached(
      EnvironmentId environment, io.fabric8.kubernetes.api.model.apps.Deployment live)
      throws StepFailedException, InterruptedException {
    var candidates = workloads.candidates(environment);
    var name = live.getMetadata().getName();
    return !candidates.isEmpty()
            && workloads.services(live).stream().anyMatch(s -> Led.isToCandidate(s, name))
        ? candidates.getFirst()
        : live;
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
    var release = Admission.release(environment, wanted);
    var change = change(environment, fencingToken, log);
    var manifests = admission.manifests(release);
    var live = workloads.of(environment);
    refuseRename(environment, live, release);
    if (manifests.isPresent() || admission.mayHaveParts(live)) {
      new Assembly(change, release, manifests).bring(settings);
    } else {
      Standing.observed(cluster, namespace, () -> new Promotion(change).to(release, settings));
    }
  }

  @Override
  public Optional<URI> expose(
      EnvironmentId environment,
      Deployment candidate,
      Exposure exposure,
      long fencingToken,
      StepLog log)
      throws StepFailedException, InterruptedException {
    var release = Admission.release(environment, candidate);
    var live = workloads.of(environment);
    refuseRename(environment, live, release);
    admission.refuseCandidateBesideManifests(environment, release, live);
    var exposing = new Exposing(change(environment, fencingToken, log));
    return Standing.observed(cluster, namespace, () -> exposing.expose(release, exposure));
  }

  private void refuseRename(
      EnvironmentId environment,
      Optional<io.fabric8.kubernetes.api.model.apps.Deployment> live,
      KubernetesDeployment release)
      throws StepFailedException {
    try {
      workloads.refuseRename(live, release.workload().name(), environment);
    } catch (StepFailedException refusal) {
      throw refusal.beforeAnyChange();
    }
  }

  @Override
  public void stop(EnvironmentId environment, long fencingToken, StepLog log)
      throws StepFailedException, InterruptedException {
    if (!workloads.candidates(environment).isEmpty()) {
      new Retreat(change(environment, fencingToken, log)).fromAll();
    }
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
    // The cluster's own times are whole seconds.
    var since = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var looked = new ArrayList<Looked>();
    looked.add(
        new Looked(
            cluster,
            namespace,
            live.get(),
            workloads.service(live.get()),
            new HealthWindow(since, "")));
    for (var candidate : workloads.candidates(environment)) {
      looked.add(
          new Looked(
              cluster,
              namespace,
              candidate,
              workloads.preview(candidate),
              new HealthWindow(since, "candidate: ")));
    }
    var began = System.nanoTime();
    while (true) {
      for (var deployment : looked) {
        deployment.look();
      }
      var isSpoilt = looked.stream().anyMatch(Looked::isSpoilt);
      var isOver = RolloutWatch.passed(began).compareTo(window) >= 0;
      if (window.isPositive() && (isOver || isSpoilt)) {
        for (var deployment : looked) {
          deployment.events();
        }
      }
      if (isOver || isSpoilt) {
        var probe = Looked.all(looked);
        probe.problems().forEach(log::line);
        return probe;
      }
      Thread.sleep(interval);
    }
  }

  private Change change(EnvironmentId environment, long token, StepLog log) {
    return new Change(
        cluster,
        namespace,
        environment,
        new Fence(cluster, namespace, environment, engine),
        token,
        limits,
        log);
  }
}
