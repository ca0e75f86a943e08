package dev.slipway.alarm;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;

/** Reads what workflow code catches. */
public final class WorkflowFailures {
  private WorkflowFailures() {}

  /** Whether it only says that the scope was cancelled, directly or while an activity ran. */
  public static boolean isStop(RuntimeException failure) {
    return failure instanceof CanceledFailure
        || (failure instanceof ActivityFailure && failure.getCause() instanceof CanceledFailure);
  }

  /** What happened, as its author said it, one line. */
  public static String reason(RuntimeException failure) {
    if (!(failure instanceof TemporalFailure)) {
      return failure.toString();
    }
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof ApplicationFailure)) {
      cause = cause.getCause();
    }
    return cause instanceof ApplicationFailure application
        ? application.getOriginalMessage()
        : String.valueOf(cause.getMessage());
  }
}
