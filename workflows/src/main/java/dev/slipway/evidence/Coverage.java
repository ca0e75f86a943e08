package dev.slipway.evidence;

import java.util.Locale;
import java.util.Objects;

/**
 * How many lines the tests of one report ran.
 *
 * @param source the report's path
 * @param coveredLines lines that ran
 * @param lines lines that could have run; zero lines prove nothing
 */
public record Coverage(String source, long coveredLines, long lines) implements Evidence {
  public Coverage {
    Objects.requireNonNull(source, "source");
    if (coveredLines < 0 || lines < coveredLines) {
      throw new IllegalArgumentException(
          "%s: %d of %d lines can't be covered".formatted(source, coveredLines, lines));
    }
  }

  @Override
  public EvidenceKind kind() {
    return EvidenceKind.COVERAGE;
  }

  /** Covered lines of 100; NaN without lines, which no threshold accepts. */
  public double percent() {
    return lines == 0 ? Double.NaN : 100.0 * coveredLines / lines;
  }

  @Override
  public String summary() {
    return lines == 0
        ? "no lines"
        : String.format(Locale.ROOT, "%.1f %% of %d lines", percent(), lines);
  }
}
