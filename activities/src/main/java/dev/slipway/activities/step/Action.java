package dev.slipway.activities.step;

import dev.slipway.action.ActionSpec;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;

/**
 * How one action is done. Implementations are idempotent by the request's key: performed twice
 * equals performed once.
 */
public interface Action {
  /** What the action takes, gives and does. */
  ActionSpec spec();

  /**
   * Does the work on the calling thread.
   *
   * @throws StepFailedException with the type that decides about another try
   * @throws InterruptedException when the step was cancelled, timed out or lost its run; the action
   *     has then stopped everything it started
   */
  StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException;
}
