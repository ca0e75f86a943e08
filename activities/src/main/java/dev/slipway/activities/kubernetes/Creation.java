package dev.slipway.activities.kubernetes;

import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Objects;
import java.util.function.Function;

/**
 * Makes an object only where there is none: an apply would write into one that somebody else made a
 * moment ago. What is created belongs to the creation and not to later applies, which could take
 * none of it away again; so it is handed over to them.
 */
final class Creation {
  private static final int CONFLICT = 409;
  private static final int INVALID = 422;
  private static final String CREATED = "Update";

  private final ClusterConnection cluster;

  Creation(ClusterConnection cluster) {
    this.cluster = cluster;
  }

  /** Does nothing when somebody was quicker: look again. */
  <T extends HasMetadata> void make(Function<KubernetesClient, Resource<T>> wanted)
      throws StepFailedException, InterruptedException {
    try {
      var _ = cluster.attempt(client -> wanted.apply(client).create());
    } catch (KubernetesClientException e) {
      if (e.getCode() != CONFLICT) {
        throw ClusterFailures.of(cluster.name(), e);
      }
    }
  }

  /** False when there was nothing to hand over; else look again. */
  <T extends HasMetadata> boolean handOver(T live, Function<KubernetesClient, Resource<T>> of)
      throws StepFailedException, InterruptedException {
    var fields = live.getMetadata().getManagedFields();
    for (var at = 0; fields != null && at < fields.size(); at++) {
      var entry = fields.get(at);
      if (Marks.MANAGER.equals(entry.getManager())
          && CREATED.equals(entry.getOperation())
          && Objects.requireNonNullElse(entry.getSubresource(), "").isEmpty()) {
        handOver(at, of);
        return true;
      }
    }
    return false;
  }

  private <T extends HasMetadata> void handOver(int at, Function<KubernetesClient, Resource<T>> of)
      throws StepFailedException, InterruptedException {
    var entry = "/metadata/managedFields/" + at;
    var patch =
        """
        [{"op": "test", "path": "%1$s/manager", "value": "%2$s"},
         {"op": "test", "path": "%1$s/operation", "value": "%3$s"},
         {"op": "replace", "path": "%1$s/operation", "value": "Apply"}]
        """
            .formatted(entry, Marks.MANAGER, CREATED);
    try {
      var _ =
          cluster.attempt(client -> of.apply(client).patch(PatchContext.of(PatchType.JSON), patch));
    } catch (KubernetesClientException e) {
      // The list is another one by now.
      if (e.getCode() != CONFLICT && e.getCode() != INVALID) {
        throw ClusterFailures.of(cluster.name(), e);
      }
    }
  }
}
