package dev.slipway.activities.kubernetes;

import java.time.Duration;

/**
 * How long a rollout may stand still before it has failed, by what it waits for. A crash loop, a
 * missing image and an impossible name are not waited for at all.
 *
 * @param progress without another pod becoming ready, above what startup probes allow
 * @param image that can't be pulled for a reason which may pass
 * @param container that can't be created, as for a missing Secret
 * @param unschedulable pod for which no node has room
 * @param refused pods that the cluster does not let be, as for a quota
 * @param silence of the cluster before people are told
 * @param stopping pods that are ended with their Deployment
 */
public record Limits(
    Duration progress,
    Duration image,
    Duration container,
    Duration unschedulable,
    Duration refused,
    Duration silence,
    Duration stopping) {
  /** For real clusters. */
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofSeconds(60),
          Duration.ofSeconds(15),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          Duration.ofMinutes(2));

  /** The same with another limit for standing still. */
  public Limits withProgress(Duration other) {
    return new Limits(other, image, container, unschedulable, refused, silence, stopping);
  }
}
