package dev.slipway.activities.target;

import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.step.StepFailedException;

/** Finds what runs an environment's releases. */
@FunctionalInterface
public interface Targets {
  /**
   * The target of an environment.
   *
   * @throws StepFailedException when this worker can't reach it
   */
  Target of(EnvironmentSpec spec) throws StepFailedException, InterruptedException;
}
