package dev.slipway.pipeline;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a check compares with: a number, or a word such as {@code pass} or {@code clean}. */
public sealed interface Threshold {
  /** A finite number. */
  record Limit(double value) implements Threshold {
    public Limit {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a threshold must be a finite number");
      }
    }

    @Override
    public String text() {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? Long.toString((long) value)
          : Double.toString(value);
    }

    @JsonValue
    double json() {
      return value;
    }
  }

  /** A word. */
  record Word(String value) implements Threshold {
    @Override
    public String text() {
      return value;
    }

    @JsonValue
    String json() {
      return value;
    }
  }

  /** The threshold as the file has it. */
  String text();

  /** Reads a number or a word. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Threshold of(Object value) {
    return value instanceof Number number
        ? new Limit(number.doubleValue())
        : new Word(value.toString());
  }
}
