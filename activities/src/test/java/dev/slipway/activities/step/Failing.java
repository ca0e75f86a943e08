package dev.slipway.activities.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepFailure;

/** Says how an action fails. */
public final class Failing {
  private Failing() {}

  /** The failure of an action, which must have this type. */
  public static StepFailure failure(FailureType type, Action action, StepContext step) {
    var thrown = catchThrowableOfType(StepFailedException.class, () -> action.perform(step));
    assertThat(thrown).as("the action fails").isNotNull();
    assertThat(thrown.failure().type()).as(thrown.getMessage()).isEqualTo(type);
    return thrown.failure();
  }
}
