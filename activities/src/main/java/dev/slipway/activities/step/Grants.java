package dev.slipway.activities.step;

import dev.slipway.action.FailureType;
import dev.slipway.step.EnvironmentGrant;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepRequest;

/** The environment of a step's stage. */
final class Grants {
  private Grants() {}

  static EnvironmentGrant of(StepRequest request) throws StepFailedException {
    if (request.environment() == null) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the stage `%s` has no environment".formatted(request.key().stage()),
          "Give the stage an `environment`.");
    }
    return request.environment();
  }
}
