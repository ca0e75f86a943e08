package dev.slipway.action;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times as people write them in a pipeline file and read them on a terminal. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Durations() {}

  /** Reads {@code 500ms}, {@code 90s}, {@code 30m}, {@code 2h} or {@code 7d}. */
  public static Optional<Duration> parse(String text) {
    var match = FORM.matcher(text.strip());
    if (!match.matches()) {
      return Optional.empty();
    }
    var amount = Long.parseLong(match.group(1));
    return Optional.of(
        switch (match.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        });
  }

  /** Writes {@code 0.4s}, {@code 12s}, {@code 3m 20s}, {@code 2h}, {@code 3d 4h}. */
  public static String text(Duration time) {
    if (time.compareTo(Duration.ofSeconds(10)) < 0) {
      return String.format(Locale.ROOT, "%.1fs", time.toMillis() / 1000.0);
    }
    if (time.compareTo(Duration.ofMinutes(1)) < 0) {
      return time.toSeconds() + "s";
    }
    if (time.compareTo(Duration.ofHours(1)) < 0) {
      return pair(time.toMinutes(), "m", time.toSecondsPart(), "s");
    }
    if (time.compareTo(Duration.ofDays(1)) < 0) {
      return pair(time.toHours(), "h", time.toMinutesPart(), "m");
    }
    return pair(time.toDays(), "d", time.toHoursPart(), "h");
  }

  private static String pair(long large, String largeUnit, int small, String smallUnit) {
    return small == 0 ? large + largeUnit : large + largeUnit + " " + small + smallUnit;
  }
}
