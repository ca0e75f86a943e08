package dev.slipway.activities.process;

import dev.slipway.action.FailureType;
import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.step.StepFailedException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Finds the program that a command names, as a shell would, and says what is wrong otherwise. */
final class Programs {
  private Programs() {}

  /**
   * @throws StepFailedException CONFIGURATION, when there is none or it can't be executed
   */
  static Path find(String program, Path directory, String path) throws StepFailedException {
    try {
      return program.contains("/")
          ? inFolder(directory.resolve(program), program)
          : onPath(program, path);
    } catch (InvalidPathException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "`%s` can't be the name of a program".formatted(CleanText.of(program)),
          "Write the program and its arguments as a list.",
          e);
    }
  }

  private static Path inFolder(Path file, String program) throws StepFailedException {
    if (Files.isExecutable(file) && Files.isRegularFile(file)) {
      return file.toAbsolutePath();
    }
    throw Files.isRegularFile(file) ? notExecutable(file) : notFound(program, file);
  }

  private static Path onPath(String program, String path) throws StepFailedException {
    var found = new ArrayList<Path>();
    for (var folder : folders(path)) {
      var file = folder.resolve(program);
      if (Files.isRegularFile(file)) {
        if (Files.isExecutable(file)) {
          return file.toAbsolutePath();
        }
        found.add(file);
      }
    }
    throw found.isEmpty() ? notOnPath(program, path) : notExecutable(found.getFirst());
  }

  private static List<Path> folders(String path) {
    var folders = new ArrayList<Path>();
    for (var folder : path.split(File.pathSeparator, -1)) {
      // An empty entry would mean the working directory, which comes from the commit.
      if (!folder.isEmpty()) {
        folders.add(Path.of(folder));
      }
    }
    return folders;
  }

  private static StepFailedException notExecutable(Path file) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "`%s` is not executable".formatted(file),
        "Make it so with `chmod +x` (in Git: `git update-index --chmod=+x`), or name the program"
            + " that reads it.");
  }

  private static StepFailedException notFound(String program, Path file) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "there is no program `%s`".formatted(program),
        "It was looked for at `%s`. Is it in the repository, and did a step before build it?"
            .formatted(file));
  }

  private static StepFailedException notOnPath(String program, String path) {
    var hint =
        program.contains(" ")
            ? " A command is a list: the program, then each argument by itself."
            : "";
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "the program `%s` was not found".formatted(program),
        "Is it installed on the worker?%s%s PATH was %s"
            .formatted(hint, suggestion(program, path), path));
  }

  private static String suggestion(String program, String path) {
    var names = new TreeSet<String>();
    folders(path).forEach(folder -> names.addAll(fileNames(folder)));
    return Nearest.question(program, names).map(question -> " Or " + question).orElse("");
  }

  private static List<String> fileNames(Path folder) {
    try (var files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    } catch (IOException e) {
      return List.of(); // A folder on the PATH need not exist.
    }
  }
}
