package dev.slipway.activities.report;

import dev.slipway.evidence.Coverage;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads LCOV's trace files (geninfo(1)): a line is covered when any record of its file says that it
 * ran. Where a record has no lines ({@code DA}), its totals ({@code LF}, {@code LH}) count.
 */
final class Lcov {
  private static final int MOST_LINES = 10_000_000;

  private final String source;
  private final Map<String, Lines> files = new HashMap<>();
  private @Nullable Lines current;
  private boolean hasLines;
  private long found;
  private long hit;
  private long totalFound;
  private long totalHit;
  private int number;

  private Lcov(String source) {
    this.source = source;
  }

  static Coverage read(String source, byte[] content) throws UnreadableReportException {
    var report = new Lcov(source);
    var text = new String(content, StandardCharsets.UTF_8);
    for (var line : (Iterable<String>) text.lines()::iterator) {
      report.add(line.strip());
    }
    return report.coverage();
  }

  private void add(String line) throws UnreadableReportException {
    number++;
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    if (line.equals("end_of_record")) {
      endRecord();
      return;
    }
    var colon = line.indexOf(':');
    if (colon < 0) {
      throw unreadable("has a line that is none of LCOV's");
    }
    var value = line.substring(colon + 1);
    switch (line.substring(0, colon)) {
      case "SF" -> beginRecord(value);
      case "DA" -> addLine(value);
      case "LF" -> found = count(value);
      case "LH" -> hit = count(value);
      default -> {
        // Functions, branches, checksums and the test's name.
      }
    }
  }

  private void beginRecord(String file) throws UnreadableReportException {
    if (current != null) {
      throw unreadable("begins a record inside of a record");
    }
    current = files.computeIfAbsent(file, _ -> new Lines(new BitSet(), new BitSet()));
    hasLines = false;
    found = 0;
    hit = 0;
  }

  private void addLine(String value) throws UnreadableReportException {
    var parts = value.split(",", -1);
    if (current == null || parts.length < 2) {
      throw unreadable("has a `DA` that is not line and count");
    }
    var line = count(parts[0]);
    if (line > MOST_LINES) {
      throw unreadable("has a line %d".formatted(line));
    }
    hasLines = true;
    current.known.set((int) line);
    if (count(parts[1]) > 0) {
      current.ran.set((int) line);
    }
  }

  private void endRecord() throws UnreadableReportException {
    if (current == null) {
      throw unreadable("ends a record that was not begun");
    }
    if (!hasLines) {
      if (hit > found) {
        throw unreadable("says that %d of %d lines ran".formatted(hit, found));
      }
      totalFound += found;
      totalHit += hit;
    }
    current = null;
  }

  private Coverage coverage() throws UnreadableReportException {
    if (current != null) {
      throw unreadable("ends inside of a record");
    }
    if (files.isEmpty()) {
      throw unreadable("has no record");
    }
    for (var lines : files.values()) {
      totalFound += lines.known.cardinality();
      totalHit += lines.ran.cardinality();
    }
    return Counts.coverage(source, totalHit, totalFound);
  }

  private long count(String text) throws UnreadableReportException {
    if (!text.matches("\\d{1,15}")) {
      throw unreadable("has `%s` where a count should be".formatted(Names.shown(text)));
    }
    return Long.parseLong(text);
  }

  private UnreadableReportException unreadable(String why) {
    return new UnreadableReportException(source, why + " (line %d)".formatted(number));
  }

  private record Lines(BitSet known, BitSet ran) {}
}
