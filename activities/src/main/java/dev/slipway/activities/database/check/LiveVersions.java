package dev.slipway.activities.database.check;

import dev.slipway.activities.database.script.Version;
import dev.slipway.step.StepFailedException;

/** Knows what is live. */
@FunctionalInterface
public interface LiveVersions {
  /** Nothing is known: every migration is judged. */
  LiveVersions UNKNOWN = application -> Version.NONE;

  /** The lowest schema version among an application's environments. */
  Version lowest(String application) throws StepFailedException, InterruptedException;
}
