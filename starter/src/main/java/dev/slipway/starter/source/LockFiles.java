package dev.slipway.starter.source;

import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.file.PipelineFile;
import dev.slipway.pipeline.problem.Place;
import dev.slipway.pipeline.problem.Problem;
import dev.slipway.pipeline.problem.Problem.Severity;
import dev.slipway.pipeline.problem.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What npm steps install from, as far as the files at hand tell. */
public final class LockFiles {
  private static final String LOCK = "package-lock.json";

  private LockFiles() {}

  /**
   * A warning for each npm step that has no lock file.
   *
   * @param content of the pipeline file
   * @param root of the repository
   */
  public static List<Problem> warnings(Pipeline pipeline, byte[] content, Path root) {
    var warnings = new ArrayList<Problem>();
    for (var stage = 0; stage < pipeline.stages().size(); stage++) {
      var steps = pipeline.stages().get(stage).steps();
      for (var step = 0; step < steps.size(); step++) {
        var directory = steps.get(step).directory();
        if (steps.get(step).action().startsWith("npm_")
            && !Files.exists(root.resolve(directory).resolve(LOCK))) {
          var path = "stages[%d].steps[%d].directory".formatted(stage, step);
          warnings.add(warning(directory, path, PipelineFile.placeOf(content, path)));
        }
      }
    }
    return warnings;
  }

  private static Problem warning(String directory, String path, Place place) {
    return new Problem(
        Severity.WARNING,
        place.line(),
        place.column(),
        path,
        "%s has no package-lock.json, which npm steps install from"
            .formatted(directory.isEmpty() ? "the repository" : Words.quoted(directory)),
        Optional.of("make it with `npm install` and commit it"));
  }
}
