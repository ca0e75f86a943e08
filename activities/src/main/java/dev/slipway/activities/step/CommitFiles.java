package dev.slipway.activities.step;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds what a step's parameters name among the commit's files. */
public final class CommitFiles {
  private CommitFiles() {}

  /**
   * A path of the commit that is there and leads nowhere else.
   *
   * @throws StepFailedException CONFIGURATION when it is not, or does
   */
  public static Path inside(StepContext step, String param, String path)
      throws StepFailedException, InterruptedException {
    var directory = step.directory();
    try {
      var file = directory.resolve(path).normalize().toRealPath();
      if (file.startsWith(step.workspace().toRealPath())) {
        return file;
      }
    } catch (IOException | InvalidPathException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the commit has no `%s`, which `params.%s` names".formatted(path, param),
          "Write a path relative to the step's directory.",
          e);
    }
    throw new StepFailedException(
        FailureType.CONFIGURATION,
        "`params.%s` is `%s`, which leads out of the commit's files".formatted(param, path),
        "Write a path inside the step's directory.");
  }
}
