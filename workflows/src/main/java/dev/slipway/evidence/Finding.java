package dev.slipway.evidence;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a scanner found.
 *
 * @param id its name in the scanner's sources, such as {@code CVE-2021-44228}
 * @param subject the package, or what the finding is about
 * @param installed the package's version; null for what is no package
 * @param fixed the version that mends it; null when there is none
 * @param location where it stands, such as {@code package-lock.json} or {@code Dockerfile:3}
 */
public record Finding(
    String id,
    Severity severity,
    String subject,
    @Nullable String installed,
    @Nullable String fixed,
    String location) {
  /** What is longer is cut, since a run's history has little room. */
  public static final int LONGEST = 120;

  public Finding {
    Objects.requireNonNull(severity, "severity");
    id = cut(id);
    subject = cut(subject);
    installed = installed == null ? null : cut(installed);
    fixed = fixed == null ? null : cut(fixed);
    location = cut(location);
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  /** One line for people: {@code CRITICAL CVE-2021-44228 log4j-core 2.14.1 (fixed in 2.15.0)}. */
  public String text() {
    return "%s %s %s%s%s in %s"
        .formatted(
            severity,
            id,
            subject,
            installed == null ? "" : " " + installed,
            fixed == null ? "" : " (fixed in " + fixed + ")",
            location);
  }
}
