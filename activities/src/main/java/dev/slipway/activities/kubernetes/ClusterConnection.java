package dev.slipway.activities.kubernetes;

import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cluster that can be asked; calls answer a failure of a known type, or are interrupted. */
public final class ClusterConnection implements AutoCloseable {
  private final String name;
  private final KubernetesClient client;

  ClusterConnection(String name, KubernetesClient client) {
    this.name = name;
    this.client = client;
  }

  /** A question to the cluster. */
  @FunctionalInterface
  interface Call<T extends @Nullable Object> {
    T on(KubernetesClient client);
  }

  /** As the worker knows it. */
  String name() {
    return name;
  }

  KubernetesClient client() {
    return client;
  }

  <T extends @Nullable Object> T ask(Call<T> call)
      throws StepFailedException, InterruptedException {
    try {
      return attempt(call);
    } catch (KubernetesClientException e) {
      throw ClusterFailures.of(name, e);
    }
  }

  /** For what need not be there. */
  <T> Optional<T> find(Call<@Nullable T> call) throws StepFailedException, InterruptedException {
    return Optional.ofNullable(ask(call));
  }

  /** The same for a caller that tells refusals apart by itself. */
  <T extends @Nullable Object> T attempt(Call<T> call) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      return call.on(client);
    } catch (KubernetesClientException e) {
      // The client sets the thread's flag again and throws its own.
      if (Thread.interrupted() || wasInterrupted(e)) {
        throw new InterruptedException();
      }
      throw e;
    }
  }

  private static boolean wasInterrupted(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof InterruptedException) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    client.close();
  }
}
