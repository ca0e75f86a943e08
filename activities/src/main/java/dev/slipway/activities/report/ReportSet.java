package dev.slipway.activities.report;

import dev.slipway.evidence.Coverage;
import dev.slipway.evidence.Evidence;
import dev.slipway.evidence.TestResult;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the reports of one command say.
 *
 * @param tests one for each folder with test reports
 * @param coverage one for each coverage report that counts
 * @param files all that were read
 */
public record ReportSet(List<TestResult> tests, List<Coverage> coverage, List<Path> files) {
  /** No reports. */
  public static final ReportSet NONE = new ReportSet(List.of(), List.of(), List.of());

  public ReportSet {
    tests = List.copyOf(tests);
    coverage = List.copyOf(coverage);
    files = List.copyOf(files);
  }

  /** Everything that was found. */
  public List<Evidence> evidence() {
    return Stream.<Evidence>concat(tests.stream(), coverage.stream()).toList();
  }

  public long passed() {
    return tests.stream().mapToLong(TestResult::passed).sum();
  }

  public long failed() {
    return tests.stream().mapToLong(TestResult::failed).sum();
  }

  public long skipped() {
    return tests.stream().mapToLong(TestResult::skipped).sum();
  }

  /** Names of failed tests, the first of each report. */
  public List<String> failures() {
    return tests.stream().flatMap(result -> result.failures().stream()).toList();
  }
}
