package dev.slipway.activities.report;

import dev.slipway.evidence.Coverage;

/** Makes evidence of counts that a report claims. */
final class Counts {
  private Counts() {}

  static Coverage coverage(String source, long covered, long lines)
      throws UnreadableReportException {
    if (covered < 0 || lines < 0 || covered > lines) {
      throw new UnreadableReportException(
          source, "says that %d of %d lines ran".formatted(covered, lines));
    }
    return new Coverage(source, covered, lines);
  }
}
