package dev.slipway.starter.plan;

import dev.slipway.activities.plan.ObjectChange;
import dev.slipway.activities.plan.ObjectChange.Fate;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a policy of the cluster says of an image that is not built yet: it is asked with a digest
 * that no image has, and may take the real one.
 *
 * @param isUnbuilt whether the cluster is asked with such a digest
 */
record PolicyRefusals(boolean isUnbuilt, PlanDraft draft) {
  private static final Pattern OF_A_POLICY =
      Pattern.compile("admission webhook|denied (?:the )?request");

  /** The changes, without those of which only a note can be taken. */
  List<ObjectChange> withoutDoubtful(List<ObjectChange> changes) {
    return changes.stream().filter(change -> !isDoubtful(change)).toList();
  }

  private boolean isDoubtful(ObjectChange change) {
    var happened = change.remark();
    return change.fate() == Fate.REFUSED
        && change.object().startsWith("Deployment/")
        && happened != null
        && noteDoubtful(change.object(), happened);
  }

  /** Whether it may be otherwise with the real image, which is noted then. */
  boolean noteDoubtful(String subject, String happened) {
    if (!isUnbuilt || !OF_A_POLICY.matcher(happened).find()) {
      return false;
    }
    draft.note(
        "a policy of the cluster refuses %s with a digest of zeros, which stands for the image that is not built yet, and may take the real one: %s"
            .formatted(subject, happened));
    return true;
  }
}
