package dev.slipway.activities.target;

import dev.slipway.activities.step.StepLog;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A target whose live release is healthy while a query of its works. */
public final class LiveApplication implements Target {
  private @Nullable Deployment running;
  private @Nullable Digest published;
  private Query query = () -> {};
  private int probes;

  /** What the release needs of its database. */
  public interface Query {
    void run() throws Exception;
  }

  public void runs(Deployment deployment, Query needed) {
    running = deployment;
    query = needed;
  }

  public void serves(Digest manifest) {
    published = manifest;
  }

  public int probes() {
    return probes;
  }

  @Override
  public Optional<Deployment> running(EnvironmentId environment) {
    return Optional.ofNullable(running);
  }

  @Override
  public Probe probe(EnvironmentId environment, Duration window, Duration interval, StepLog log) {
    probes++;
    try {
      query.run();
      return new Probe(10, 0, List.of());
    } catch (Exception e) {
      return new Probe(3, 1, List.of("replica 1: /api/products answered 500"));
    }
  }

  @Override
  public URI url(EnvironmentId environment) {
    throw new UnsupportedOperationException("not asked for");
  }

  @Override
  public Optional<Digest> published(EnvironmentId environment) {
    return Optional.ofNullable(published);
  }

  @Override
  public void apply(
      EnvironmentId environment,
      Deployment wanted,
      RolloutSettings settings,
      long fencingToken,
      StepLog log) {
    throw new UnsupportedOperationException("a migration changes no application");
  }

  @Override
  public Optional<URI> expose(
      EnvironmentId environment,
      Deployment candidate,
      Exposure exposure,
      long fencingToken,
      StepLog log) {
    throw new UnsupportedOperationException("a migration changes no application");
  }

  @Override
  public void stop(EnvironmentId environment, long fencingToken, StepLog log) {
    throw new UnsupportedOperationException("a migration changes no application");
  }

  @Override
  public void publish(
      EnvironmentId environment, Optional<Digest> manifest, long fencingToken, StepLog log) {
    throw new UnsupportedOperationException("a migration changes no frontend");
  }
}
