package dev.slipway.evidence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What a gate's check can ask about; the name in files is the lower-case one. */
public enum EvidenceKind {
  TEST_RESULT,
  COVERAGE,
  SECURITY_SCAN,
  SIGNATURE,
  PERFORMANCE_BASELINE;

  /** The kind's name in pipeline files and payloads. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when there is no such kind
   */
  @JsonCreator
  public static EvidenceKind ofLabel(String label) {
    return Arrays.stream(values())
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no evidence of kind " + label));
  }
}
