package dev.slipway.activities.kubernetes;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;

/** Who manages which field of an object, as the cluster keeps it. */
final class Managers {
  private Managers() {}

  /** Whether the number of replicas is ours and nobody else's. */
  static boolean ownReplicas(Deployment live) {
    var entries = live.getMetadata().getManagedFields();
    if (entries == null) {
      return false;
    }
    var owners =
        entries.stream()
            .filter(entry -> entry.getFieldsV1() != null && hasReplicas(entry.getFieldsV1()))
            .map(entry -> entry.getManager())
            .toList();
    return !owners.isEmpty() && owners.stream().allMatch(Marks.MANAGER::equals);
  }

  private static boolean hasReplicas(FieldsV1 fields) {
    return fields.getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
        && spec.containsKey("f:replicas");
  }
}
