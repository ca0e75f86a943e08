package dev.slipway.activities.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.evidence.Coverage;
import dev.slipway.evidence.Evidence;
import dev.slipway.evidence.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a report's text as a step would. */
final class Sample {
  private Sample() {}

  static Evidence read(String text) throws IOException, UnreadableReportException {
    return read(text.getBytes(UTF_8));
  }

  static Evidence read(byte[] bytes) throws IOException, UnreadableReportException {
    var folder = Files.createTempDirectory("report");
    var file = folder.resolve("report");
    try {
      Files.write(file, bytes);
      var report = ReportContent.read(folder, file);
      return Format.of(report).read(report);
    } finally {
      Files.delete(file);
      Files.delete(folder);
    }
  }

  static TestResult tests(String text) throws IOException, UnreadableReportException {
    return (TestResult) read(text);
  }

  static Coverage coverage(String text) throws IOException, UnreadableReportException {
    return (Coverage) read(text);
  }

  static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
