package dev.slipway.gate;

import java.util.List;

/**
 * What a gate says about a stage's evidence, with the numbers that made it.
 *
 * @param passed whether the run may go on
 * @param checks in the file's order
 */
public record Verdict(boolean passed, List<CheckVerdict> checks) {
  /**
   * What one check says.
   *
   * @param check as people read it: {@code coverage gte 80}
   * @param result of the check
   * @param reason the numbers, or what is missing
   */
  public record CheckVerdict(String check, Result result, String reason) {}

  /** What a check says. */
  public enum Result {
    PASSED,
    FAILED,
    /** No evidence, or none that can be read: never a pass. */
    MISSING
  }

  public Verdict {
    checks = List.copyOf(checks);
  }
}
