package dev.slipway.notification;

import java.time.Instant;

/** Something about a run that people are told. */
public record RunEvent(Instant at, Kind kind, String text) {
  /** What kind of thing happened; these names go to webhooks as well. */
  public enum Kind {
    STARTED,
    BLOCKED,
    WAITING,
    DECIDED,
    ESCALATED,
    EXPIRED,
    SUPERSEDED,
    RELEASED,
    ROLLING_BACK,
    ROLLED_BACK,
    ROLLBACK_FAILED,
    CANCELLED,
    SUCCEEDED,
    NOTE
  }
}
