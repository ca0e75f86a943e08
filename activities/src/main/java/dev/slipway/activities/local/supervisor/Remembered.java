package dev.slipway.activities.local.supervisor;

import dev.slipway.environment.LocalDeployment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What survives a supervisor that is killed.
 *
 * @param port where people reach the environment
 * @param token the highest fencing token seen
 * @param nextReplica numbers replicas, never twice
 * @param settled what was last applied to the end; null before the first
 * @param before what was settled before it, whose files are kept
 */
record Remembered(
    int port,
    long token,
    long nextReplica,
    @Nullable LocalDeployment settled,
    @Nullable LocalDeployment before,
    List<Survivor> replicas) {
  static Remembered fresh(int port) {
    return new Remembered(port, 0, 1, null, null, List.of());
  }

  Remembered withPort(int other) {
    return new Remembered(other, token, nextReplica, settled, before, replicas);
  }

  Remembered withToken(long higher) {
    return new Remembered(port, higher, nextReplica, settled, before, replicas);
  }

  Remembered withNextReplica(long number) {
    return new Remembered(port, token, number, settled, before, replicas);
  }

  Remembered withSettled(@Nullable LocalDeployment now, @Nullable LocalDeployment last) {
    return new Remembered(port, token, nextReplica, now, last, replicas);
  }

  Remembered withReplicas(List<Survivor> now) {
    return new Remembered(port, token, nextReplica, settled, before, now);
  }

  /**
   * A replica's process.
   *
   * @param started tells it from a later process of the same number
   */
  record Survivor(
      String id, LocalDeployment deployment, long pid, Instant started, int port, int restarts) {}
}
