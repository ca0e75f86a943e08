package dev.slipway.starter.view;

import dev.slipway.action.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as people read them. */
public final class Times {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private static final Pattern STAMP =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?Z");

  private Times() {}

  /** {@code 3m ago}, or {@code in 2h}; {@code now} within a second. */
  public static String relative(Instant at, Instant now) {
    var past = Duration.between(at, now);
    if (past.abs().compareTo(Duration.ofSeconds(1)) < 0) {
      return "now";
    }
    return past.isNegative() ? "in " + coarse(past.negated()) : coarse(past) + " ago";
  }

  private static String coarse(Duration time) {
    if (time.compareTo(Duration.ofMinutes(1)) < 0) {
      return time.toSeconds() + "s";
    }
    if (time.compareTo(Duration.ofHours(1)) < 0) {
      return time.toMinutes() + "m";
    }
    if (time.compareTo(Duration.ofDays(2)) < 0) {
      var minutes = time.toMinutesPart();
      return time.toHours() + "h" + (minutes == 0 ? "" : " " + minutes + "m");
    }
    return time.toDays() + "d";
  }

  /** How long something took, or takes until now; empty before it began. */
  public static String elapsed(@Nullable Instant from, @Nullable Instant to, Instant now) {
    if (from == null) {
      return "";
    }
    var time = Duration.between(from, to == null ? now : to);
    return Durations.text(time.isNegative() ? Duration.ZERO : time);
  }

  /** The time of day. */
  public static String clock(Instant at, ZoneId zone) {
    return CLOCK.format(at.atZone(zone));
  }

  /** A log's line with the time of day in place of the instant that it begins with. */
  public static String onTheClock(String line, ZoneId zone) {
    var stamp = STAMP.matcher(line);
    if (!stamp.lookingAt()) {
      return line;
    }
    try {
      return clock(Instant.parse(stamp.group()), zone) + line.substring(stamp.end());
    } catch (DateTimeParseException e) {
      return line; // a program's own words
    }
  }
}
