package dev.slipway.activities.report;

import dev.slipway.evidence.Coverage;
import dev.slipway.evidence.Findings;
import dev.slipway.evidence.Signature;
import dev.slipway.evidence.TestResult;
import dev.slipway.evidence.TestResult.Basis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Puts the reports of one command together: test reports of one folder are one result, since tools
 * write a file for each class; coverage that one folder has in several formats counts once.
 */
final class ReportReading {
  private static final int MOST_RESULTS = 8;
  private static final int MOST_COVERAGE = 50;

  private final Map<String, List<TestResult>> tests = new LinkedHashMap<>();
  private final Map<String, Map<Format, List<Coverage>>> coverage = new LinkedHashMap<>();
  private final List<Path> files = new ArrayList<>();

  void add(ReportContent report) throws UnreadableReportException {
    var format = Format.of(report);
    switch (format.read(report)) {
      case TestResult result ->
          tests.computeIfAbsent(report.folder(), _ -> new ArrayList<>()).add(result);
      case Coverage found ->
          coverage
              .computeIfAbsent(report.folder(), _ -> new EnumMap<>(Format.class))
              .computeIfAbsent(format, _ -> new ArrayList<>())
              .add(found);
      case Findings _ ->
          throw new UnreadableReportException(
              report.name(), "is of a scanner, which no test step reads");
      case Signature _ ->
          throw new UnreadableReportException(
              report.name(), "is of a signature, which no test step reads");
    }
    files.add(report.file());
  }

  /**
   * @param log is told what does not count
   */
  ReportSet result(Consumer<String> log) throws UnreadableReportException {
    var counted = new ArrayList<Coverage>();
    for (var folder : coverage.values()) {
      var formats = List.copyOf(folder.values());
      counted.addAll(formats.getFirst());
      formats.subList(1, formats.size()).stream()
          .flatMap(List::stream)
          .forEach(
              again ->
                  log.accept(
                      "`%s` is not counted: `%s` beside it says the same"
                          .formatted(again.source(), formats.getFirst().getFirst().source())));
    }
    if (counted.size() > MOST_COVERAGE) {
      throw new UnreadableReportException(
          counted.getFirst().source(),
          "and %d others are more coverage reports than %d; name those that count in"
                  .formatted(counted.size() - 1, MOST_COVERAGE)
              + " `params.reports`");
    }
    return new ReportSet(results(), counted, files);
  }

  private List<TestResult> results() {
    if (tests.size() > MOST_RESULTS) {
      var all = tests.values().stream().flatMap(List::stream).toList();
      return List.of(sum("%d reports in %d folders".formatted(all.size(), tests.size()), all));
    }
    return tests.entrySet().stream()
        .map(
            folder ->
                folder.getValue().size() == 1
                    ? folder.getValue().getFirst()
                    : sum(source(folder.getKey(), folder.getValue()), folder.getValue()))
        .toList();
  }

  private static String source(String folder, List<TestResult> results) {
    return "%s (%d reports)".formatted(folder.isEmpty() ? "." : folder, results.size());
  }

  private static TestResult sum(String source, List<TestResult> results) {
    return new TestResult(
        source,
        Basis.REPORT,
        results.stream().mapToInt(TestResult::passed).reduce(0, ReportReading::add),
        results.stream().mapToInt(TestResult::failed).reduce(0, ReportReading::add),
        results.stream().mapToInt(TestResult::skipped).reduce(0, ReportReading::add),
        results.stream().flatMap(result -> result.failures().stream()).toList());
  }

  /** A claimed count can be any; a sum that wraps around would be none. */
  private static int add(int left, int right) {
    return Math.clamp((long) left + right, 0, Integer.MAX_VALUE);
  }
}
