package dev.slipway.starter.doctor;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param found what is there
 * @param advice what to do; null when nothing is to be done
 */
public record Finding(Level level, String subject, String found, @Nullable String advice) {
  /** How bad it is. */
  public enum Level {
    OK,
    /** Something is missing that not everybody needs. */
    WARN,
    /** Runs can't work. */
    FAIL
  }

  static Finding ok(String subject, String found) {
    return new Finding(Level.OK, subject, found, null);
  }

  static Finding warn(String subject, String found, String advice) {
    return new Finding(Level.WARN, subject, found, advice);
  }

  static Finding fail(String subject, String found, String advice) {
    return new Finding(Level.FAIL, subject, found, advice);
  }
}
