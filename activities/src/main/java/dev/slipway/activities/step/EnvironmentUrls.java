package dev.slipway.activities.step;

import dev.slipway.environment.EnvironmentId;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.step.StepFailedException;
import java.net.URI;

/** Tells where an environment is reached whose {@code url} the pipeline file does not name. */
@FunctionalInterface
public interface EnvironmentUrls {
  /**
   * @throws StepFailedException when its target does not know
   */
  URI url(EnvironmentId environment, EnvironmentSpec spec)
      throws StepFailedException, InterruptedException;
}
