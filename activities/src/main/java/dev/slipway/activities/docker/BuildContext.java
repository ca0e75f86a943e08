package dev.slipway.activities.docker;

import dev.slipway.action.FailureType;
import dev.slipway.activities.archive.TarPacker;
import dev.slipway.activities.archive.UnsafeArchiveException;
import dev.slipway.activities.step.StepContext;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files that a build sees: those of the commit alone, with times at zero, so that the engine's
 * cache knows them again.
 *
 * @param archive the context as a tar
 * @param dockerfile relative to the context
 */
record BuildContext(Path archive, String dockerfile) {
  /**
   * Packs the context into the attempt's temporary folder.
   *
   * @param context relative to the step's directory
   * @param dockerfile relative to the step's directory
   */
  static BuildContext pack(StepContext step, String context, String dockerfile)
      throws StepFailedException, InterruptedException {
    var directory = step.directory();
    try {
      var folder = inside(step, directory, context);
      if (folder == null || !Files.isDirectory(folder)) {
        throw missing("folder", step, context, "The parameter `context` names it.");
      }
      var file = inside(step, directory, dockerfile);
      if (file == null || !Files.isRegularFile(file)) {
        throw missing(
            "Dockerfile",
            step,
            dockerfile,
            "Is it committed? The parameter `dockerfile` names it.");
      }
      var name = folder.relativize(directory.resolve(dockerfile).normalize());
      if (name.startsWith("..") || !file.toRealPath().startsWith(folder.toRealPath())) {
        throw new StepFailedException(
            FailureType.CONFIGURATION,
            "the Dockerfile `%s` is outside the context `%s`".formatted(dockerfile, context),
            "Both are relative to the step's directory; move it into the context, or widen that.");
      }
      return new BuildContext(
          packed(step, folder, name.toString().replace('\\', '/')),
          name.toString().replace('\\', '/'));
    } catch (UnsafeArchiveException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the context `%s` can't be sent to the engine: %s".formatted(context, e.getMessage()),
          "Take that out of it, or name it in %s.".formatted(IgnoredFiles.NAME),
          e);
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the context `%s` could not be packed: %s".formatted(context, e),
          "Is there space for the worker's home?",
          e);
    }
  }

  private static Path packed(StepContext step, Path folder, String dockerfile)
      throws IOException, InterruptedException {
    var rules = folder.resolve(IgnoredFiles.NAME);
    var ignored =
        IgnoredFiles.of(Files.isRegularFile(rules) ? Files.readAllLines(rules) : List.of());
    var archive = Files.createTempFile(step.temp(), "context", ".tar");
    try (var out = Files.newOutputStream(archive)) {
      // The engine itself takes these two out again when the rules name them.
      TarPacker.pack(
          folder,
          out,
          path ->
              path.equals(dockerfile) || path.equals(IgnoredFiles.NAME) || !ignored.contains(path));
    }
    step.log().line("the context has %d KiB".formatted((Files.size(archive) + 1023) / 1024));
    return archive;
  }

  /** The path, when it exists and no link leads it out of the commit's files. */
  private static @Nullable Path inside(StepContext step, Path directory, String path)
      throws IOException, StepFailedException, InterruptedException {
    try {
      var found = directory.resolve(path).normalize();
      return found.startsWith(directory)
              && Files.exists(found)
              && found.toRealPath().startsWith(step.workspace().toRealPath())
          ? found
          : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static StepFailedException missing(
      String what, StepContext step, String path, String advice) {
    var directory = step.request().directory();
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "the commit has no %s `%s`"
            .formatted(
                what,
                directory.isEmpty() ? path : directory + (path.equals(".") ? "" : "/" + path)),
        advice);
  }
}
