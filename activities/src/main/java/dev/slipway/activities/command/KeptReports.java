package dev.slipway.activities.command;

import dev.slipway.activities.archive.FileTrees;
import dev.slipway.activities.report.ReportSet;
import dev.slipway.activities.step.StepContext;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the reports of a step, for people and for later questions. */
final class KeptReports {
  private KeptReports() {}

  static ArtifactRef keep(StepContext step, Path directory, ReportSet reports)
      throws StepFailedException, InterruptedException, IOException {
    var folder = Files.createTempDirectory(step.temp(), "reports");
    try {
      for (var file : reports.files()) {
        var copy = folder.resolve(directory.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
      return step.keep(step.request().key().step() + "-reports", folder);
    } finally {
      FileTrees.delete(folder);
    }
  }
}
