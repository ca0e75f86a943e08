package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the cluster says when fields that we want belong to another manager.
 *
 * @param fields each with its manager: {@code .spec.replicas (kubectl)}
 */
record OwnedFields(List<String> fields) {
  private static final String CONFLICT = "FieldManagerConflict";
  private static final Pattern MANAGER = Pattern.compile("conflict with \"([^\"]+)\"");

  /** Empty when the refusal is about something else, as a version that is no longer the newest. */
  static OwnedFields of(KubernetesClientException refusal) {
    var status = refusal.getStatus();
    if (status == null || status.getDetails() == null || status.getDetails().getCauses() == null) {
      return new OwnedFields(List.of());
    }
    return new OwnedFields(
        status.getDetails().getCauses().stream()
            .filter(cause -> CONFLICT.equals(cause.getReason()))
            .map(OwnedFields::text)
            .toList());
  }

  private static String text(StatusCause cause) {
    var manager = MANAGER.matcher(String.valueOf(cause.getMessage()));
    return "%s (%s)"
        .formatted(cause.getField(), manager.find() ? manager.group(1) : cause.getMessage());
  }

  /** Whether they are all our own, as of what was made and not handed over yet. */
  boolean areOurs() {
    return !fields.isEmpty()
        && fields.stream().allMatch(field -> field.endsWith("(%s)".formatted(Marks.MANAGER)));
  }

  String list() {
    return String.join(", ", fields);
  }

  StepFailedException failure(HasMetadata object) {
    var name = object.getMetadata().getName();
    var namespace = object.getMetadata().getNamespace();
    var kind = object.getKind();
    return new StepFailedException(
        FailureType.CONFLICT,
        "%s %s in namespace %s was changed by somebody else since its release: %s"
            .formatted(kind, name, namespace, list()),
        "Undo that change; or, if it shall give way, let the next deployment take %s over: kubectl -n %s annotate %s %s %s-"
            .formatted(name, namespace, kind.toLowerCase(Locale.ROOT), name, Marks.RELEASE));
  }
}
