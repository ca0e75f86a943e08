package dev.slipway.activities.step;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What an action threw that it should not have. */
final class Breakage {
  private Breakage() {}

  /** The stack trace goes into the log alone. */
  static StepFailedException of(Throwable why, StepLog log) {
    var trace = new StringWriter();
    why.printStackTrace(new PrintWriter(trace, true));
    log.line(trace.toString());
    return new StepFailedException(
        FailureType.INFRASTRUCTURE,
        "the action broke: " + why,
        "The step's log has the stack trace; please report it as a defect.",
        why);
  }
}
