package dev.slipway.activities.target;

import dev.slipway.activities.step.StepLog;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.step.StepFailedException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What runs releases. Every change carries a fencing token; one that is lower than the highest the
 * target has seen fails as {@code CONFLICT} and changes nothing. Every change is idempotent.
 */
public interface Target {
  /** Where people reach the environment; the same for as long as the environment lives. */
  URI url(EnvironmentId environment) throws StepFailedException, InterruptedException;

  /** What people reach there, by its own labels; empty when nothing runs. */
  Optional<Deployment> running(EnvironmentId environment)
      throws StepFailedException, InterruptedException;

  /** The manifest of the frontend that is served; empty when none is. */
  Optional<Digest> published(EnvironmentId environment)
      throws StepFailedException, InterruptedException;

  /**
   * Brings the application to this deployment, replica by replica, and returns when every replica
   * is healthy and no other one is left. Fails as {@code UNHEALTHY} when a new replica does not
   * become or stay healthy; what then runs is a mixture that {@link #apply} of the older deployment
   * mends.
   */
  void apply(
      EnvironmentId environment,
      Deployment wanted,
      RolloutSettings settings,
      long fencingToken,
      StepLog log)
      throws StepFailedException, InterruptedException;

  /**
   * Runs a candidate beside what serves, gives it this part of the traffic, and returns when its
   * replicas are healthy and the traffic is so. {@link #apply} ends this, with whichever of the two
   * it is given: traffic goes first to replicas that are healthy, then what is superfluous ends.
   * Fails as {@code UNHEALTHY} as {@code apply} does, with what served before untouched, and as
   * {@code CONFIGURATION} when the target can't do it.
   *
   * @return where the candidate alone is reached; empty when it is reached with the others only
   */
  Optional<URI> expose(
      EnvironmentId environment,
      Deployment candidate,
      Exposure exposure,
      long fencingToken,
      StepLog log)
      throws StepFailedException, InterruptedException;

  /** Ends every replica; for a first release that is undone. */
  void stop(EnvironmentId environment, long fencingToken, StepLog log)
      throws StepFailedException, InterruptedException;

  /**
   * Serves the frontend of this manifest, or none. The manifest is a blob in the store that lists
   * every file with its digest; files are there before entry points switch.
   */
  void publish(EnvironmentId environment, Optional<Digest> manifest, long fencingToken, StepLog log)
      throws StepFailedException, InterruptedException;

  /**
   * Requests health and smoke paths of every replica again and again over a window and answers what
   * was seen. A replica that restarts meanwhile is a problem, and so is an environment without
   * replicas. The first problem ends the window; an empty one looks once.
   */
  Probe probe(EnvironmentId environment, Duration window, Duration interval, StepLog log)
      throws StepFailedException, InterruptedException;

  /**
   * What a probe saw.
   *
   * @param passed requests that were answered as expected
   * @param failed requests that were not, or replicas that restarted
   * @param problems what went wrong, replica by replica; empty when nothing did
   */
  record Probe(int passed, int failed, List<String> problems) {
    public Probe {
      problems = List.copyOf(problems);
    }
  }

  /**
   * How a rollout replaces replicas.
   *
   * @param maxSurge replicas above the wanted number meanwhile
   * @param maxUnavailable replicas below the wanted number meanwhile; not zero together with
   *     maxSurge
   */
  record RolloutSettings(int maxSurge, int maxUnavailable) {
    /** One more, none fewer. */
    public static final RolloutSettings DEFAULT = new RolloutSettings(1, 0);
  }
}
