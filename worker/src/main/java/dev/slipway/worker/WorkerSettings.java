package dev.slipway.worker;

import dev.slipway.activities.duty.Duties;
import dev.slipway.activities.home.Home;
import java.time.Duration;
import java.util.Map;

/**
 * What a worker is told when it starts.
 *
 * @param duties what it does
 * @param buildSlots how many steps that build, test or check work at once
 * @param shutdownLimit how long steps may go on when the worker ends; then they are stopped, and
 *     done again by the next worker
 */
public record WorkerSettings(Home home, Duties duties, int buildSlots, Duration shutdownLimit) {
  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(5);

  public WorkerSettings {
    if (buildSlots < 1) {
      throw new IllegalArgumentException("a worker needs at least one build slot");
    }
  }

  /**
   * The settings of a process: {@code SLIPWAY_HOME}, {@code SLIPWAY_CACHE}, {@code SLIPWAY_SERVES},
   * and {@code SLIPWAY_BUILD_SLOTS}, which are as many as there are cores unless it says otherwise.
   *
   * @throws IllegalArgumentException when a variable has no usable value
   */
  public static WorkerSettings of(Map<String, String> env) {
    return new WorkerSettings(Home.of(env), Duties.of(env), slots(env), SHUTDOWN_LIMIT);
  }

  private static int slots(Map<String, String> env) {
    var text = env.getOrDefault("SLIPWAY_BUILD_SLOTS", "");
    if (text.isBlank()) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (!text.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(
          "SLIPWAY_BUILD_SLOTS must be a whole number from 1 to 9999, not " + text);
    }
    return Integer.parseInt(text);
  }
}
