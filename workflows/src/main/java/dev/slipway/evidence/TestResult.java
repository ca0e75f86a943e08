package dev.slipway.evidence;

import java.util.List;
import java.util.Objects;

/**
 * How tests ended.
 *
 * @param source a report's path, a URL, or the command whose exit code this is
 * @param basis what the counts were read from
 * @param passed tests that ran and passed
 * @param failed tests that failed or could not run
 * @param skipped tests that did not run by intent
 * @param failures names of the first failed tests, at most {@value #MOST_FAILURES}
 */
public record TestResult(
    String source, Basis basis, int passed, int failed, int skipped, List<String> failures)
    implements Evidence {
  /** How many failed tests are named; the rest stand in the report. */
  public static final int MOST_FAILURES = 10;

  /** What a result was read from. */
  public enum Basis {
    /** A report that named and counted its tests. */
    REPORT,
    /** Only the exit code of a command. */
    EXIT_CODE,
    /** Requests that were made and answered. */
    PROBE
  }

  public TestResult {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(basis, "basis");
    if (passed < 0 || failed < 0 || skipped < 0) {
      throw new IllegalArgumentException(source + ": a number of tests can't be negative");
    }
    failures = List.copyOf(failures.subList(0, Math.min(failures.size(), MOST_FAILURES)));
  }

  @Override
  public EvidenceKind kind() {
    return EvidenceKind.TEST_RESULT;
  }

  /** Whether something ran and nothing failed: zero tests are no pass. */
  public boolean isPass() {
    return failed == 0 && passed > 0;
  }

  @Override
  public String summary() {
    return switch (basis) {
      case EXIT_CODE -> failed == 0 ? "exit code 0, no report" : "failed, no report";
      case PROBE -> failed == 0 ? "answered as expected" : "did not answer as expected";
      case REPORT ->
          "%d passed, %d failed%s"
              .formatted(passed, failed, skipped > 0 ? ", %d skipped".formatted(skipped) : "");
    };
  }
}
