package dev.slipway.activities.local.protocol;

import dev.slipway.artifact.Digest;
import dev.slipway.environment.LocalDeployment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An environment as its supervisor sees it.
 *
 * @param port where people reach it
 * @param token the highest fencing token seen
 * @param running what runs by its own labels; null when nothing does
 * @param published the manifest of the frontend; null without one
 * @param traffic since the supervisor started
 */
public record LocalStatus(
    int port,
    long token,
    @Nullable LocalDeployment running,
    @Nullable Digest published,
    List<ReplicaStatus> replicas,
    Traffic traffic) {
  /**
   * A replica.
   *
   * @param state for people
   * @param restarts after crashes, since it was first started
   */
  public record ReplicaStatus(
      String id, long release, long pid, int port, String state, int restarts, int inFlight) {}

  /**
   * What went through the proxy.
   *
   * @param requests all that were answered
   * @param failures those that the proxy itself had to answer with an error
   * @param errors those that a replica answered with a status of 500 and above
   * @param retried those that a second replica answered
   */
  public record Traffic(long requests, long failures, long errors, long retried) {}
}
