package dev.slipway.pipeline;

import dev.slipway.evidence.EvidenceKind;

/** A condition on all evidence of one kind that a stage made. */
public record Check(EvidenceKind type, Condition condition, Threshold threshold) {
  /** How a measured value is compared with the threshold. */
  public enum Condition {
    GTE,
    LTE,
    EQ
  }

  /** The check as people read it: {@code coverage gte 80}. */
  public String text() {
    return "%s %s %s"
        .formatted(
            type.label(), condition.name().toLowerCase(java.util.Locale.ROOT), threshold.text());
  }
}
