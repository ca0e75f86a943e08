package dev.slipway.activities.local.protocol;

import java.time.Duration;

/**
 * How long a supervisor waits.
 *
 * @param start for a new replica to become healthy
 * @param drain for the requests of a replica that is about to end
 * @param grace for a process to end by itself after it was asked to
 * @param look for one answer to a health or smoke request
 */
public record Limits(Duration start, Duration drain, Duration grace, Duration look) {
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofSeconds(60),
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2));

  /** When somebody wants it over. */
  public static final Limits QUICK =
      new Limits(
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1));
}
