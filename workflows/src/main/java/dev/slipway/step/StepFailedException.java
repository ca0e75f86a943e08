package dev.slipway.step;

import dev.slipway.action.FailureType;
import dev.slipway.evidence.Evidence;
import java.util.List;

/** Thrown by an action that could not do its work; the worker turns it into a typed failure. */
public final class StepFailedException extends Exception {
  private final transient StepFailure failure;

  public StepFailedException(StepFailure failure) {
    super(failure.type() + ": " + failure.happened());
    this.failure = failure;
  }

  /**
   * @param happened what happened and where, one line
   * @param advice what the person can do
   */
  public StepFailedException(FailureType type, String happened, String advice) {
    this(StepFailure.of(type, happened, advice));
  }

  public StepFailedException(FailureType type, String happened, String advice, Throwable cause) {
    this(type, happened, advice);
    initCause(cause);
  }

  /** The same with what was found until then. */
  public StepFailedException withEvidence(List<? extends Evidence> found) {
    var richer = new StepFailedException(failure.withEvidence(found));
    richer.initCause(this);
    return richer;
  }

  /** The same, said of a step that had changed nothing until then. */
  public StepFailedException beforeAnyChange() {
    var surer = new StepFailedException(failure.with(StepFailure.Changes.NONE));
    surer.initCause(this);
    return surer;
  }

  public StepFailure failure() {
    return failure;
  }
}
