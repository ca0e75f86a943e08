package dev.slipway.activities.kubernetes;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import java.util.stream.Collectors;

/** Who manages which field of an object, as the cluster keeps it. */
final class Managers {
  private Managers() {}

  /** Who has fields of it, for people. */
  static String list(HasMetadata live) {
    var entries = live.getMetadata().getManagedFields();
    return entries == null
        ? "unknown"
        : entries.stream()
            .map(entry -> String.valueOf(entry.getManager()))
            .distinct()
            .collect(Collectors.joining(", "));
  }

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
