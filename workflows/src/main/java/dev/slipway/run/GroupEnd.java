package dev.slipway.run;

/** How a group of stages ended. */
sealed interface GroupEnd {
  /** All passed. */
  record Passed() implements GroupEnd {}

  /** One was skipped, here or before; no stage with an environment may follow. */
  record Skipped(String stage) implements GroupEnd {}

  /** The run is over. */
  record Ended(Ending ending) implements GroupEnd {}

  static GroupEnd ended(RunStatus status, String reason) {
    return new Ended(new Ending(status, reason));
  }
}
