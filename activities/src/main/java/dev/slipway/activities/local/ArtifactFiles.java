package dev.slipway.activities.local;

import dev.slipway.artifact.ArtifactRef;
import dev.slipway.step.StepFailedException;
import java.nio.file.Path;

/** Unpacks artifacts. */
public interface ArtifactFiles {
  /** Unpacks an artifact into a folder, which is made. */
  void unpack(ArtifactRef artifact, Path folder) throws StepFailedException, InterruptedException;
}
