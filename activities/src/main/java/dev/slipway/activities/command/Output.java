package dev.slipway.activities.command;

import dev.slipway.action.FailureType;
import dev.slipway.activities.step.StepContext;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a step made, kept as its artifact. */
public final class Output {
  private static final String DEFAULT = "dist";

  private Output() {}

  /**
   * The outcome with the step's artifact besides those it has; the same for a step without one.
   *
   * @throws StepFailedException BUILD_FAILED when the output is not there, CONFIGURATION when it is
   *     outside the step's directory
   */
  public static StepOutcome keepWith(StepOutcome outcome, StepContext step)
      throws StepFailedException, InterruptedException {
    var name = step.request().artifact();
    if (name == null) {
      return outcome;
    }
    var output = step.params().text("output", DEFAULT);
    var kept = step.keep(name, existing(step, output));
    step.log().line("kept `%s` as the artifact `%s`".formatted(output, name));
    return outcome.withArtifacts(
        Stream.concat(outcome.artifacts().stream(), Stream.<ArtifactRef>of(kept)).toList());
  }

  private static Path existing(StepContext step, String output)
      throws StepFailedException, InterruptedException {
    var directory = step.directory();
    try {
      var path = directory.resolve(output).normalize();
      if (!path.startsWith(directory)) {
        throw outside(output);
      }
      if (!Files.exists(path) || isEmptyFolder(path)) {
        throw missing(step, directory, output);
      }
      if (!path.toRealPath().startsWith(step.workspace().toRealPath())) {
        throw outside(output);
      }
      return path;
    } catch (InvalidPathException e) {
      throw outside(output);
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "`%s` can't be read: %s".formatted(output, e.getMessage()),
          "Look at the worker's disk.",
          e);
    }
  }

  private static StepFailedException missing(StepContext step, Path directory, String output)
      throws IOException, InterruptedException, StepFailedException {
    var where = step.request().directory();
    return new StepFailedException(
        FailureType.BUILD_FAILED,
        "the command succeeded, but there is nothing in `%s`%s"
            .formatted(output, where.isEmpty() ? "" : " of the directory `%s`".formatted(where)),
        ("The artifact `%s` is made of it. Set `params.output` to the folder that the command"
                + " writes. The directory has %s.")
            .formatted(step.request().artifact(), contents(directory)));
  }

  private static String contents(Path directory) throws IOException {
    try (var paths = Files.list(directory)) {
      List<String> names =
          paths.map(path -> "`" + path.getFileName() + "`").sorted().limit(20).toList();
      return names.isEmpty() ? "nothing" : String.join(", ", names);
    }
  }

  private static boolean isEmptyFolder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (var paths = Files.list(path)) {
      return paths.findAny().isEmpty();
    }
  }

  private static StepFailedException outside(String output) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "`params.output` is `%s`, which is not in the step's directory".formatted(output),
        "Write a path inside of it, as `dist`.");
  }
}
