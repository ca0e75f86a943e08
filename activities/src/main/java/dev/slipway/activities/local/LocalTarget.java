package dev.slipway.activities.local;

import dev.slipway.action.FailureType;
import dev.slipway.activities.frontend.Manifest;
import dev.slipway.activities.frontend.ReadBack;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.local.protocol.Call;
import dev.slipway.activities.local.protocol.Limits;
import dev.slipway.activities.local.protocol.LocalStatus;
import dev.slipway.activities.local.protocol.Reply;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.store.Store;
import dev.slipway.activities.target.Exposure;
import dev.slipway.activities.target.Target;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.environment.LocalDeployment;
import dev.slipway.step.StepFailedException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs releases as processes on this machine. The work is done by a process for each environment
 * that outlives this one; it is started by the first call.
 */
public final class LocalTarget implements Target {
  private final Path root;
  private final Store store;
  private final ReplicaEnvironment replicaEnvironment;
  private final Limits limits;

  /**
   * @param store has artifacts and published files
   */
  public LocalTarget(Home home, Store store, ReplicaEnvironment replicaEnvironment) {
    this(home, store, replicaEnvironment, Limits.DEFAULT);
  }

  LocalTarget(Home home, Store store, ReplicaEnvironment replicaEnvironment, Limits limits) {
    this.root = home.target();
    this.store = store;
    this.replicaEnvironment = replicaEnvironment;
    this.limits = limits;
  }

  @Override
  public URI url(EnvironmentId environment) throws StepFailedException, InterruptedException {
    return URI.create("http://127.0.0.1:" + status(environment).port());
  }

  @Override
  public Optional<Deployment> running(EnvironmentId environment)
      throws StepFailedException, InterruptedException {
    return client(environment).folder().exists()
        ? Optional.ofNullable(status(environment).running())
        : Optional.empty();
  }

  @Override
  public Optional<Digest> published(EnvironmentId environment)
      throws StepFailedException, InterruptedException {
    return client(environment).folder().exists()
        ? Optional.ofNullable(status(environment).published())
        : Optional.empty();
  }

  @Override
  public void apply(
      EnvironmentId environment,
      Deployment wanted,
      RolloutSettings settings,
      long fencingToken,
      StepLog log)
      throws StepFailedException, InterruptedException {
    var client = client(environment);
    var local = local(environment, wanted);
    Unpacked.provide(client.folder(), local.artifact(), store);
    var variables = replicaEnvironment.variables(environment, local);
    client.call(
        new Call.Apply(fencingToken, local, settings, variables, limits), Reply.Done.class, log);
  }

  @Override
  public Optional<URI> expose(
      EnvironmentId environment,
      Deployment candidate,
      Exposure exposure,
      long fencingToken,
      StepLog log)
      throws StepFailedException {
    throw new StepFailedException(
        FailureType.CONFIGURATION,
        "%s is `target: local`, which knows rolling alone".formatted(environment),
        "Deploy it with a rolling step there, or have the environment in a cluster.");
  }

  @Override
  public void stop(EnvironmentId environment, long fencingToken, StepLog log)
      throws StepFailedException, InterruptedException {
    var client = client(environment);
    if (client.folder().exists()) {
      client.call(new Call.EndReplicas(fencingToken, limits), Reply.Done.class, log);
    }
  }

  @Override
  public void publish(
      EnvironmentId environment, Optional<Digest> manifest, long fencingToken, StepLog log)
      throws StepFailedException, InterruptedException {
    var client = client(environment);
    var files =
        manifest.isPresent()
            ? Optional.of(new AssetCopy(client.folder(), store).copy(manifest.get()))
            : Optional.<Manifest>empty();
    client.call(new Call.Publish(fencingToken, manifest.orElse(null)), Reply.Done.class, log);
    if (files.isPresent()) {
      readBack(files.get(), url(environment), log);
    }
  }

  private static void readBack(Manifest manifest, URI url, StepLog log)
      throws StepFailedException, InterruptedException {
    var result = ReadBack.of(manifest, url);
    if (!result.isPass()) {
      result.failures().forEach(log::line);
      throw new StepFailedException(
              FailureType.UNHEALTHY,
              "%d of %d published files did not come back as they should: %s"
                  .formatted(
                      result.failed(), manifest.files().size(), result.failures().getFirst()),
              "The other ones are in the log; the frontend before can be published again.")
          .withEvidence(List.of(result));
    }
    log.line(result.passed() + " files were read back from " + url + " and are the same");
  }

  @Override
  public Probe probe(EnvironmentId environment, Duration window, Duration interval, StepLog log)
      throws StepFailedException, InterruptedException {
    return client(environment)
        .call(new Call.Look(window, interval, limits), Reply.Looked.class, log)
        .probe();
  }

  private static LocalDeployment local(EnvironmentId environment, Deployment wanted)
      throws StepFailedException {
    return switch (wanted) {
      case LocalDeployment local -> local;
      case KubernetesDeployment other ->
          throw new StepFailedException(
              FailureType.CONFIGURATION,
              "release %d of %s is an image, %s, and runs in a cluster only"
                  .formatted(other.labels().release(), environment, other.image()),
              "Say `target: kubernetes` for the environment, or release anew for this machine.");
    };
  }

  private LocalStatus status(EnvironmentId environment)
      throws StepFailedException, InterruptedException {
    return client(environment).call(new Call.Status(), Reply.Seen.class, Quiet.LOG).status();
  }

  private SupervisorClient client(EnvironmentId environment) {
    return new SupervisorClient(root, environment);
  }
}
