package dev.slipway.activities.database.migrate;

import dev.slipway.step.StepFailedException;

/** Knows the worker's secrets. */
@FunctionalInterface
public interface SecretLookup {
  /**
   * The secret of that name.
   *
   * @throws StepFailedException as configuration when there is none
   */
  String require(String name) throws StepFailedException;
}
