package dev.slipway.run;

import java.util.Locale;

/** Where a run stands; the last ones are its outcomes. */
public enum RunStatus {
  /** Steps run, or can. */
  RUNNING(-1),
  /** Only a person can let it go on. */
  WAITING(-1),
  /** What it changed is being taken back. */
  ROLLING_BACK(-1),
  /** Every stage passed. */
  SUCCEEDED(0),
  /** A step failed before anything was changed, or a gate said no. */
  BLOCKED(1),
  /** A person said no. */
  REJECTED(3),
  /** Nobody answered in time. */
  EXPIRED(3),
  /** Something was changed, went wrong, and is as it was before. */
  ROLLED_BACK(4),
  /** Something was changed, went wrong, and could not be taken back: a person must look. */
  ROLLBACK_FAILED(5),
  /** A person stopped it, and what it had changed is as it was before. */
  CANCELLED(6),
  /** A newer run took its place. */
  SUPERSEDED(1),
  /** The pipeline file or the input can't be run. */
  INVALID(2),
  /** A defect of ours; what it had changed was taken back. */
  ENGINE_ERROR(1);

  private final int exitCode;

  RunStatus(int exitCode) {
    this.exitCode = exitCode;
  }

  /** Whether the run has ended. */
  public boolean isOutcome() {
    return exitCode >= 0;
  }

  /** The exit code of a command that followed the run to its end. */
  public int exitCode() {
    if (!isOutcome()) {
      throw new IllegalStateException(this + " is no outcome");
    }
    return exitCode;
  }

  /** The status as people read it: {@code rolled back}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
