package dev.slipway.run;

/** How a run, or a part of it, ended and why. */
record Ending(RunStatus status, String reason) {
  Ending {
    if (!status.isOutcome()) {
      throw new IllegalArgumentException(status + " is no outcome");
    }
  }

  /** The worse of two: an undo that failed outweighs everything. */
  Ending or(Ending other) {
    return other.status == RunStatus.ROLLBACK_FAILED ? other : this;
  }
}
