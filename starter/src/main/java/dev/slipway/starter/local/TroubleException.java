package dev.slipway.starter.local;

import dev.slipway.step.StepFailedException;
import org.jspecify.annotations.Nullable;

/** Thrown when a command can't do what it was asked; printed as it is. */
public final class TroubleException extends Exception {
  private final String advice;
  private final Kind kind;

  /** Whose turn it is, which decides the exit code. */
  public enum Kind {
    /** What was asked for is wrong or is not there. */
    INPUT(2),
    /** Something of ours or around us does not work. */
    FAILURE(1);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }
  }

  /**
   * @param happened what happened and where, one line
   * @param advice what the person can do
   */
  public TroubleException(Kind kind, String happened, String advice, @Nullable Throwable cause) {
    super(happened, cause);
    this.kind = kind;
    this.advice = advice;
  }

  /** What was asked for is wrong or is not there. */
  public static TroubleException input(String happened, String advice) {
    return new TroubleException(Kind.INPUT, happened, advice, null);
  }

  /** Something of ours or around us does not work. */
  public static TroubleException failure(String happened, String advice) {
    return new TroubleException(Kind.FAILURE, happened, advice, null);
  }

  /** The same as a step's failure says, for a person at a terminal. */
  public static TroubleException of(Kind kind, StepFailedException failed) {
    return new TroubleException(
        kind, failed.failure().happened(), failed.failure().advice(), failed);
  }

  /** What the person can do. */
  public String advice() {
    return advice;
  }

  public int exitCode() {
    return kind.exitCode;
  }
}
