package dev.slipway.activities.scan;

import dev.slipway.evidence.Finding;
import dev.slipway.evidence.Findings;
import dev.slipway.evidence.Findings.Count;
import dev.slipway.evidence.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A report's findings, sorted by what they mean for the step.
 *
 * @param severities that were asked for
 * @param counting those that count, the worst first
 * @param milder how many are of other severities
 * @param ignored those that an exception takes out
 * @param unused exceptions for what was not found
 */
record Counted(
    long examined,
    Set<Severity> severities,
    List<Finding> counting,
    long milder,
    List<Finding> ignored,
    Set<String> unused) {
  private static final int MOST_TOLD = 200;

  static Counted of(TrivyReport report, Set<Severity> severities, Set<String> exceptions) {
    var counting = new ArrayList<Finding>();
    var ignored = new ArrayList<Finding>();
    var unused = new LinkedHashSet<>(exceptions);
    var milder = 0L;
    for (var finding : report.findings()) {
      if (exceptions.contains(finding.id())) {
        ignored.add(finding);
        unused.remove(finding.id());
      } else if (severities.contains(finding.severity())) {
        counting.add(finding);
      } else {
        milder++;
      }
    }
    counting.sort(Comparator.comparing(Finding::severity));
    return new Counted(report.examined(), severities, counting, milder, ignored, unused);
  }

  Findings evidence(String source, String scanner, @Nullable Instant database) {
    var counts =
        severities.stream()
            .map(
                severity ->
                    new Count(
                        severity,
                        counting.stream()
                            .filter(finding -> finding.severity() == severity)
                            .count()))
            .toList();
    return new Findings(
        source, scanner, database, counts, examined, milder, ignored.size(), counting);
  }

  /** Says what was found, and what became of the exceptions. */
  void tell(Consumer<String> log) {
    counting.stream().limit(MOST_TOLD).map(Finding::text).forEach(log);
    if (counting.size() > MOST_TOLD) {
      log.accept("and %d more, in the report".formatted(counting.size() - MOST_TOLD));
    }
    ignored.stream()
        .limit(MOST_TOLD)
        .forEach(finding -> log.accept("ignored by an exception: " + finding.text()));
    unused.forEach(id -> log.accept("the exception for %s meets nothing".formatted(id)));
  }
}
