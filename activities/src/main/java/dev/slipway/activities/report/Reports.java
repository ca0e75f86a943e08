package dev.slipway.activities.report;

import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The reports that a command writes: look before it runs, read after. A file that was there before
 * and was not written again, as one that is committed to the repository, does not count.
 */
public final class Reports {
  /** Where tools write their reports for a project unless they are told otherwise. */
  private static final List<String> OF_PROJECT =
      List.of(
          "junit.xml",
          "coverage/lcov.info",
          "coverage/coverage-summary.json",
          "coverage/cobertura-coverage.xml");

  private static final String OF_CLASS = "**/TEST-*.xml";
  private static final String PROJECT = "package.json";

  private final Path directory;
  private final Globs globs;
  private final Map<Path, ReportContent.Mark> before;

  private Reports(Path directory, Globs globs, Map<Path, ReportContent.Mark> before) {
    this.directory = directory;
    this.globs = globs;
    this.before = before;
  }

  /**
   * The usual names in a directory and in each npm project inside of it, as the command finds them;
   * a folder that is no project may have files of such names for other reasons.
   *
   * @throws UnreadableReportException when there are too many projects
   */
  public static List<String> usualNames(Path directory)
      throws StepFailedException, IOException, UnreadableReportException, InterruptedException {
    var names = new LinkedHashSet<>(OF_PROJECT);
    names.add(OF_CLASS);
    for (var project : ReportFiles.find(directory, Globs.of(List.of("**/" + PROJECT)))) {
      var name = ReportFiles.name(directory, project);
      var folder = Globs.literal(name.substring(0, name.length() - PROJECT.length()));
      OF_PROJECT.forEach(report -> names.add(folder + report));
    }
    return List.copyOf(names);
  }

  /**
   * Remembers what is there before the command runs.
   *
   * @param directory the step's
   * @param names paths and globs inside of it
   * @throws StepFailedException CONFIGURATION when a glob can't be read
   * @throws UnreadableReportException when what is there is a link out of the directory or too big
   */
  public static Reports before(Path directory, List<String> names)
      throws StepFailedException, IOException, UnreadableReportException, InterruptedException {
    var globs = Globs.of(names);
    var before = new HashMap<Path, ReportContent.Mark>();
    for (var file : ReportFiles.find(directory, globs)) {
      before.put(file, ReportContent.read(directory, file).mark());
    }
    return new Reports(directory, globs, before);
  }

  /**
   * Reads what was written since.
   *
   * @param log is told which files do not count, and why
   * @throws UnreadableReportException when one of them can't be trusted
   */
  public ReportSet after(Consumer<String> log)
      throws IOException, UnreadableReportException, InterruptedException {
    var reading = new ReportReading();
    for (var file : ReportFiles.find(directory, globs)) {
      var report = ReportContent.read(directory, file);
      if (report.mark().equals(before.get(file))) {
        log.accept(
            "`%s` was there before and was not written by this attempt: it does not count"
                .formatted(report.name()));
      } else {
        reading.add(report);
      }
    }
    return reading.result(log);
  }
}
