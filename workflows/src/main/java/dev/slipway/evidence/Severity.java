package dev.slipway.evidence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** How bad a finding is, as scanners name it; from the worst on. */
public enum Severity {
  CRITICAL,
  HIGH,
  MEDIUM,
  LOW,
  /** The scanner's sources have not judged it, or not agreed. */
  UNKNOWN;

  /** The severity of that name, which is written in capitals. */
  public static Optional<Severity> named(String name) {
    return Arrays.stream(values()).filter(severity -> severity.name().equals(name)).findFirst();
  }

  @JsonValue
  String json() {
    return name();
  }

  /**
   * @throws IllegalArgumentException when there is no such severity
   */
  @JsonCreator
  static Severity ofJson(String name) {
    return named(name)
        .orElseThrow(() -> new IllegalArgumentException("no severity is called " + name));
  }
}
