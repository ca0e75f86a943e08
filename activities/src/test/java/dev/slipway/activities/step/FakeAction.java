package dev.slipway.activities.step;

import dev.slipway.action.ActionSpec;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.time.Duration;
import java.util.List;

/** An action whose work a test writes down. */
record FakeAction(String name, ActionSpec.Effect effect, Work work) implements Action {
  interface Work {
    StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException;
  }

  static FakeAction of(Work work) {
    return new FakeAction("fake", ActionSpec.Effect.NONE, work);
  }

  /** One that changes what runs in an environment. */
  static FakeAction deploying(Work work) {
    return new FakeAction("fake", ActionSpec.Effect.DEPLOYS, work);
  }

  @Override
  public ActionSpec spec() {
    return new ActionSpec(name, "", List.of(), Duration.ofMinutes(1), List.of(), effect);
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    return work.perform(step);
  }
}
