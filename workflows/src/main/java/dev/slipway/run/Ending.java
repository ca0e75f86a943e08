package dev.slipway.run;

/** How a run, or a part of it, ended and why. */
record Ending(RunStatus status, String reason) {
  Ending {
    if (!status.isOutcome()) {
      throw new IllegalArgumentException(status + " is no outcome");
    }
  }

  /**
   * This one, which came first, unless the other tells more of what became of an environment: an
   * undo that failed outweighs everything, and one that was needed outweighs a mere block.
   */
  Ending or(Ending other) {
    return other.status == RunStatus.ROLLBACK_FAILED
            || (other.status == RunStatus.ROLLED_BACK && status == RunStatus.BLOCKED)
        ? other
        : this;
  }
}
