package dev.slipway.activities.report;

import dev.slipway.evidence.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What a report is written in. Where one folder has the same coverage in several formats, the first
 * of these counts.
 */
enum Format {
  LCOV {
    @Override
    Evidence read(ReportContent report) throws UnreadableReportException {
      return Lcov.read(report.name(), report.bytes());
    }
  },
  ISTANBUL_SUMMARY {
    @Override
    Evidence read(ReportContent report) throws UnreadableReportException {
      return IstanbulSummary.read(report.name(), report.bytes());
    }
  },
  COBERTURA {
    @Override
    Evidence read(ReportContent report) throws UnreadableReportException {
      return CoberturaXml.read(report.name(), report.bytes());
    }
  },
  JUNIT {
    @Override
    Evidence read(ReportContent report) throws UnreadableReportException {
      return JUnitXml.read(report.name(), report.bytes());
    }
  };

  private static final int LOOKED_AT = 4096;
  private static final Pattern XML_ROOT = Pattern.compile("<([A-Za-z_][\\w.:-]*)");

  abstract Evidence read(ReportContent report) throws UnreadableReportException;

  /** Tells a report's format by its beginning, since its name may be any. */
  static Format of(ReportContent report) throws UnreadableReportException {
    var bytes = report.bytes();
    var begin =
        new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), StandardCharsets.UTF_8)
            .replace("\uFEFF", "")
            .strip();
    if (begin.isEmpty()) {
      throw new UnreadableReportException(report.name(), "is empty");
    }
    if (begin.startsWith("{")) {
      return ISTANBUL_SUMMARY;
    }
    if (begin.startsWith("<")) {
      return ofRoot(report, begin);
    }
    if (begin.startsWith("TN:") || begin.startsWith("SF:") || begin.startsWith("#")) {
      return LCOV;
    }
    throw new UnreadableReportException(
        report.name(), "is neither JUnit XML, LCOV, an Istanbul summary nor Cobertura XML");
  }

  private static Format ofRoot(ReportContent report, String begin)
      throws UnreadableReportException {
    var root = XML_ROOT.matcher(begin.replaceAll("(?s)<!--.*?-->", ""));
    var name = root.find() ? root.group(1) : "";
    return switch (name) {
      case "testsuites", "testsuite" -> JUNIT;
      case "coverage" -> COBERTURA;
      default ->
          throw new UnreadableReportException(
              report.name(),
              "begins with <%s>: it is neither JUnit's XML nor Cobertura's"
                  .formatted(Names.shown(name)));
    };
  }
}
