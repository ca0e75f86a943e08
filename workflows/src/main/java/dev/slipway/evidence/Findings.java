package dev.slipway.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a security scan found.
 *
 * @param source what was scanned: a folder, or an image by its digest
 * @param scanner its name and version
 * @param database when the scanner's vulnerability database was made; null when it used none
 * @param counts how many findings count, for each severity that was asked for, the worst first
 * @param examined packages and checks that were looked at; none of them proves nothing
 * @param milder findings of severities that were not asked for
 * @param ignored findings that an exception in the repository takes out
 * @param worst the first of those that count, at most {@value #MOST_NAMED}
 */
public record Findings(
    String source,
    String scanner,
    @Nullable Instant database,
    List<Count> counts,
    long examined,
    long milder,
    long ignored,
    List<Finding> worst)
    implements Evidence {
  /** How many findings are named; the rest stand in the report. */
  public static final int MOST_NAMED = 10;

  /** How many findings have a severity. */
  public record Count(Severity severity, long findings) {
    public Count {
      Objects.requireNonNull(severity, "severity");
      if (findings < 0) {
        throw new IllegalArgumentException("a number of findings can't be negative");
      }
    }
  }

  public Findings {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(scanner, "scanner");
    if (examined < 0 || milder < 0 || ignored < 0) {
      throw new IllegalArgumentException(source + ": a number of findings can't be negative");
    }
    if (counts.isEmpty()) {
      throw new IllegalArgumentException(source + ": no severity was asked for");
    }
    counts = counts.stream().sorted(Comparator.comparing(Count::severity)).toList();
    worst = List.copyOf(worst.subList(0, Math.min(worst.size(), MOST_NAMED)));
  }

  @Override
  public EvidenceKind kind() {
    return EvidenceKind.SECURITY_SCAN;
  }

  /** How many findings count. */
  public long total() {
    return counts.stream().mapToLong(Count::findings).sum();
  }

  /** Whether something was looked at and at most so many findings count. */
  public boolean isWithin(double most) {
    return examined > 0 && total() <= most;
  }

  @Override
  public String summary() {
    if (examined == 0) {
      return "nothing was looked at";
    }
    var text = new ArrayList<String>();
    text.add(counted() + String.format(Locale.ROOT, " in %,d packages and checks", examined));
    if (milder > 0) {
      text.add(String.format(Locale.ROOT, "%,d of other severity", milder));
    }
    if (ignored > 0) {
      text.add(String.format(Locale.ROOT, "%,d ignored", ignored));
    }
    return String.join("; ", text);
  }

  private String counted() {
    var parts = new ArrayList<String>();
    for (var count : counts) {
      if (count.findings() > 0 || total() == 0) {
        parts.add(String.format(Locale.ROOT, "%,d %s", count.findings(), count.severity()));
      }
    }
    return String.join(", ", parts);
  }
}
