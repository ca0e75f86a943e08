package dev.slipway.activities.step;

import java.time.Duration;

/** Tells whoever waits for a step that it is alive, about once a second. */
@FunctionalInterface
public interface Pulse {
  /** Tells nobody. */
  Pulse SILENT = (progress, elapsed) -> {};

  /**
   * @param progress the latest line of progress, masked; may be empty
   * @throws RuntimeException when the step is to stop; it is thrown on once it has stopped
   */
  void beat(String progress, Duration elapsed);
}
