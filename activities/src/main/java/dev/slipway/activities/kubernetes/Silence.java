package dev.slipway.activities.kubernetes;

import dev.slipway.action.Durations;
import dev.slipway.activities.step.StepLog;
import java.time.Duration;

/** Tells people once when a cluster is no longer heard, and once when it is again. */
final class Silence {
  private final String cluster;
  private final Duration tolerated;
  private final StepLog log;
  private long heard = System.nanoTime();
  private boolean told;

  Silence(String cluster, Duration tolerated, StepLog log) {
    this.cluster = cluster;
    this.tolerated = tolerated;
    this.log = log;
  }

  /** Whether a silence that people were told of has just ended. */
  boolean isBroken(boolean isHeard) {
    var lasted = Duration.ofNanos(System.nanoTime() - heard);
    if (!isHeard) {
      if (!told && lasted.compareTo(tolerated) >= 0) {
        told = true;
        log.line("cluster %s does not answer; the rollout goes on there".formatted(cluster));
      }
      return false;
    }
    heard = System.nanoTime();
    if (!told) {
      return false;
    }
    told = false;
    log.line(
        "cluster %s answers again after %s"
            .formatted(cluster, Durations.text(Duration.ofSeconds(lasted.toSeconds()))));
    return true;
  }
}
