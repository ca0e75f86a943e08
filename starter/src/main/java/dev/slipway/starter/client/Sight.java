package dev.slipway.starter.client;

import dev.slipway.activities.local.LocalEnvironments;
import dev.slipway.activities.local.protocol.LocalStatus;
import dev.slipway.activities.target.Target;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.step.StepFailedException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What an environment's target says at this moment.
 *
 * @param there whether anything of the environment is there at all
 * @param url where people reach it
 * @param replicas how many are behind that
 * @param running what runs; null when nothing does
 * @param published the manifest of the frontend that is served; null when none is
 * @param trouble why nobody knows; null when it is known
 */
record Sight(
    boolean there,
    @Nullable URI url,
    int replicas,
    @Nullable Deployment running,
    @Nullable Digest published,
    @Nullable String trouble) {
  private static final Sight NOTHING = new Sight(false, null, 0, null, null, null);

  /** On this machine. */
  static Sight here(LocalEnvironments local, EnvironmentId environment)
      throws StepFailedException, InterruptedException {
    return local.status(environment).map(Sight::of).orElse(NOTHING);
  }

  private static Sight of(LocalStatus status) {
    return new Sight(
        true,
        URI.create("http://127.0.0.1:" + status.port()),
        status.replicas().size(),
        status.running(),
        status.published(),
        null);
  }

  /** In a cluster; one that can't be asked does not keep the rest from being told. */
  static Sight inCluster(TargetOpener opener, EnvironmentId environment)
      throws InterruptedException {
    try {
      var target = opener.open();
      var running = target.running(environment);
      return running.isEmpty()
          ? NOTHING
          : new Sight(
              true,
              target.url(environment),
              running.get().replicas(),
              running.get(),
              target.published(environment).orElse(null),
              null);
    } catch (StepFailedException e) {
      return new Sight(false, null, 0, null, null, e.failure().happened());
    }
  }

  /** What reaches a target, or says why not. */
  @FunctionalInterface
  interface TargetOpener {
    Target open() throws StepFailedException, InterruptedException;
  }
}
