package dev.slipway.activities.command;

import dev.slipway.action.FailureType;
import dev.slipway.activities.process.ProcessExit;
import dev.slipway.activities.report.ReportSet;
import dev.slipway.evidence.Evidence;
import dev.slipway.evidence.TestResult;
import dev.slipway.evidence.TestResult.Basis;
import dev.slipway.step.StepFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What exit code and reports mean together. */
final class Verdict {
  private static final int LAST_LINES = 10;
  private static final int LONGEST_LINE = 200;
  private static final int NAMED = 5;
  private static final int SIGNALS = 128;
  private static final int KILLED = 137;

  private Verdict() {}

  /** The failure of a command whose exit code is not 0. */
  static StepFailedException failed(ReportedCommand command, ProcessExit exit, ReportSet reports) {
    var ended = "`%s` %s".formatted(command.shown(), ending(exit));
    var failure =
        reports.failed() > 0
            ? new StepFailedException(
                FailureType.TESTS_FAILED, ended + ": " + failedTests(reports), lastLines(exit))
            : new StepFailedException(command.failed(), ended, lastLines(exit));
    var evidence = new ArrayList<>(reports.evidence());
    if (reports.failed() == 0) {
      evidence.addFirst(new TestResult(command.shown(), Basis.EXIT_CODE, 0, 1, 0, List.of()));
    }
    return failure.withEvidence(evidence);
  }

  /**
   * Looks at the reports of a command whose exit code is 0.
   *
   * @throws StepFailedException TESTS_FAILED
   */
  static void check(ReportedCommand command, ReportSet reports) throws StepFailedException {
    if (reports.failed() > 0) {
      throw testsFailed(
          reports,
          "`%s` ended with code 0, but %s".formatted(command.shown(), failedTests(reports)),
          "Its exit code must say so too: does something in the script swallow it?");
    }
    if (!reports.tests().isEmpty() && reports.passed() == 0) {
      throw testsFailed(
          reports,
          "`%s` ran no test%s"
              .formatted(
                  command.shown(),
                  reports.skipped() > 0 ? ": %d were skipped".formatted(reports.skipped()) : ""),
          "No test is no pass. Does the command find the tests?");
    }
    switch (command.demand()) {
      case NONE -> {
        // The exit code is the evidence that there is.
      }
      case ANY_REPORT -> {
        if (reports.evidence().isEmpty()) {
          throw testsFailed(
              reports,
              "`%s` wrote none of the reports that the step names".formatted(command.shown()),
              "`params.reports` is %s, inside the step's directory. A file that was there before"
                      .formatted(String.join(", ", command.reports()))
                  + " does not count.");
        }
      }
      case COVERAGE -> {
        if (reports.coverage().isEmpty()) {
          throw testsFailed(
              reports,
              "`%s` wrote no coverage report".formatted(command.shown()),
              "The step has `coverage: true`. Let the tests write LCOV, an Istanbul summary or"
                  + " Cobertura's XML at one of %s; with Vitest that is `--coverage` and the"
                      .formatted(
                          command.reports().stream().limit(NAMED).collect(Collectors.joining(", ")))
                  + " reporter `lcov`.");
        }
      }
    }
  }

  /** The evidence of a command that succeeded: without a test report, its exit code. */
  static List<Evidence> evidence(ReportedCommand command, ReportSet reports) {
    var evidence = new ArrayList<>(reports.evidence());
    if (reports.tests().isEmpty()) {
      evidence.addFirst(new TestResult(command.shown(), Basis.EXIT_CODE, 1, 0, 0, List.of()));
    }
    return evidence;
  }

  static String summary(ReportedCommand command, ReportSet reports, ProcessExit exit) {
    var said = reports.evidence().stream().map(Evidence::summary).toList();
    return said.isEmpty()
        ? "`%s` took %.1f s".formatted(command.shown(), exit.took().toMillis() / 1000.0)
        : String.join("; ", said);
  }

  private static StepFailedException testsFailed(
      ReportSet reports, String happened, String advice) {
    return new StepFailedException(FailureType.TESTS_FAILED, happened, advice)
        .withEvidence(reports.evidence());
  }

  private static String failedTests(ReportSet reports) {
    var names = reports.failures();
    var more = reports.failed() - Math.min(names.size(), NAMED);
    return "%d of %d tests failed: %s%s"
        .formatted(
            reports.failed(),
            reports.failed() + reports.passed(),
            String.join("; ", names.subList(0, Math.min(names.size(), NAMED))),
            more > 0 ? " and %d more".formatted(more) : "");
  }

  private static String ending(ProcessExit exit) {
    return exit.code() == KILLED
        ? "was killed (signal 9); did the machine run out of memory?"
        : exit.code() > SIGNALS
            ? "ended with code %d (signal %d)".formatted(exit.code(), exit.code() - SIGNALS)
            : "ended with code %d".formatted(exit.code());
  }

  private static String lastLines(ProcessExit exit) {
    var lines = exit.lastLines().stream().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      return "It printed nothing. Run it in a fresh clone to see what it lacks.";
    }
    var last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    return "Its last lines:\n"
        + String.join("\n", last.stream().map(line -> "  " + cut(line)).toList());
  }

  private static String cut(String line) {
    return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
  }
}
