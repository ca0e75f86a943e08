package dev.slipway.activities.process;

import java.time.Duration;
import java.util.List;

/**
 * How a program ended by itself.
 *
 * @param code its exit code; 128 and more when a signal ended it
 * @param lastLines of its output, at most {@value OutputLines#LAST_LINES}
 */
public record ProcessExit(int code, Duration took, List<String> lastLines) {
  /** Whether the exit code is 0. */
  public boolean isSuccess() {
    return code == 0;
  }
}
