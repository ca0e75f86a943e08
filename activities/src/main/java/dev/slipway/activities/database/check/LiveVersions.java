package dev.slipway.activities.database.check;

import dev.slipway.activities.database.script.Version;
import dev.slipway.step.StepFailedException;
import java.util.List;

/** Knows what is live. */
@FunctionalInterface
public interface LiveVersions {
  /** Nothing is known: every migration is judged. */
  LiveVersions UNKNOWN = (application, environments) -> Version.NONE;

  /**
   * The lowest schema version among these environments of an application. One whose schema nobody
   * knows counts as one that has none, and so do no environments at all.
   */
  Version lowest(String application, List<String> environments)
      throws StepFailedException, InterruptedException;
}
