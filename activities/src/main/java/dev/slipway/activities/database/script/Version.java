package dev.slipway.activities.database.script;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A migration's version: whole numbers, compared one by one, so that 2 comes before 10. Missing
 * parts are zero: 1 and 1.0 are the same.
 */
public record Version(List<BigInteger> parts) implements Comparable<Version> {
  /** The schema before the first migration. */
  public static final Version NONE = new Version(List.of());

  private static final Pattern FORM = Pattern.compile("\\d{1,40}([._]\\d{1,40}){0,9}");

  public Version {
    var significant = new ArrayList<>(parts);
    while (!significant.isEmpty() && significant.getLast().signum() == 0) {
      significant.removeLast();
    }
    parts = List.copyOf(significant);
  }

  /** Reads {@code 7}, {@code 1.2} or {@code 1_2}. */
  public static Optional<Version> parse(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(
            new Version(Arrays.stream(text.split("[._]", -1)).map(BigInteger::new).toList()))
        : Optional.empty();
  }

  /**
   * @throws IllegalArgumentException when it is no version
   */
  @JsonCreator
  public static Version of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not a migration's version: " + text));
  }

  /** The version as people and records name it; {@code 0} before the first migration. */
  @JsonValue
  public String text() {
    return parts.isEmpty()
        ? "0"
        : parts.stream().map(BigInteger::toString).collect(Collectors.joining("."));
  }

  @Override
  public int compareTo(Version other) {
    for (var i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
      var order = part(i).compareTo(other.part(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private BigInteger part(int index) {
    return index < parts.size() ? parts.get(index) : BigInteger.ZERO;
  }

  @Override
  public String toString() {
    return text();
  }
}
