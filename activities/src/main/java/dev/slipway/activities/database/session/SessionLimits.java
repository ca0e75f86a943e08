package dev.slipway.activities.database.session;

import java.time.Duration;

/**
 * How long a session waits.
 *
 * @param lock for a lock; others queue up behind whoever waits for one
 * @param statement for a statement's end
 */
public record SessionLimits(Duration lock, Duration statement) {
  private static final Duration LOCK = Duration.ofSeconds(5);

  /** Patience for a lock that applications don't notice, and this time for statements. */
  public static SessionLimits within(Duration statement) {
    return new SessionLimits(LOCK, statement);
  }
}
