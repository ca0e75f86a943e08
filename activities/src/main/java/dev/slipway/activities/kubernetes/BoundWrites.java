package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * Writes that are bound to what was read before the fence was passed: whoever was overtaken since
 * is refused by the cluster, and reads again.
 */
final class BoundWrites {
  private static final int TRIES = 50;
  private static final int CONFLICT = 409;

  private final Change change;

  BoundWrites(Change change) {
    this.change = change;
  }

  /** Reads what is to be changed. */
  @FunctionalInterface
  interface Reading<R> {
    R read() throws StepFailedException, InterruptedException;
  }

  /** Writes with the version of what was read; a refusal of the cluster is passed on. */
  @FunctionalInterface
  interface Writing<R, T> {
    T write(R read) throws StepFailedException, InterruptedException;
  }

  /**
   * @param what is written, for people
   */
  <R, T> T write(String what, Reading<R> reading, Writing<R, T> writing)
      throws StepFailedException, InterruptedException {
    for (var attempt = 0; attempt < TRIES; attempt++) {
      var read = reading.read();
      change.fence().claim(change.token());
      try {
        return writing.write(read);
      } catch (KubernetesClientException e) {
        if (e.getCode() != CONFLICT) {
          throw ClusterFailures.of(change.cluster().name(), e);
        }
      }
    }
    throw new StepFailedException(
        FailureType.TRANSIENT,
        "%s in %s is changed all the time".formatted(what, change.namespace()),
        "See who changes it: kubectl -n %s get deployments,services -o yaml --show-managed-fields"
            .formatted(change.namespace().name()));
  }
}
