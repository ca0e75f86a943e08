package dev.slipway.activities.compose;

import dev.slipway.action.FailureType;
import dev.slipway.pipeline.yaml.Node;
import dev.slipway.pipeline.yaml.YamlReader;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Which further files a compose file lets Docker Compose read while it resolves it. That happens on
 * the worker with the worker's rights, and what is read ends in a container's variables: so it is
 * looked at before, as it is written.
 */
final class ComposeSources {
  private final Path workspace;
  private final Path file;

  private ComposeSources(Path workspace, Path file) {
    this.workspace = workspace;
    this.file = file;
  }

  /**
   * @param directory from which its paths count
   * @throws StepFailedException CONFIGURATION when it names a file outside of the commit's, or
   *     can't be read
   */
  static void check(Path workspace, Path directory, Path file)
      throws StepFailedException, IOException {
    var sources = new ComposeSources(workspace, file);
    byte[] content;
    try (var in = Files.newInputStream(file)) {
      content = in.readNBytes(YamlReader.MOST_BYTES + 1);
    }
    var document = YamlReader.read(content);
    for (var problem : document.problems()) {
      throw sources.refused(problem.line(), problem.message());
    }
    if (document.root().isPresent()) {
      sources.look(document.root().get(), directory);
    }
  }

  private void look(Node node, Path directory) throws StepFailedException {
    switch (node) {
      case Node.Scalar _ -> {
        // It names nothing by itself.
      }
      case Node.Sequence list -> {
        for (var element : list.elements()) {
          look(element, directory);
        }
      }
      case Node.Mapping mapping -> {
        for (var entry : mapping.entries()) {
          entry(entry, directory);
          look(entry.value(), directory);
        }
      }
    }
  }

  /** Wherever it stands: a merge key brings it where it counts. */
  private void entry(Node.Mapping.Entry entry, Path directory) throws StepFailedException {
    var line = entry.namePlace().line();
    switch (entry.name()) {
      case "include", "label_file" ->
          throw refused(line, "`%s` is not supported".formatted(entry.name()));
      case "extends" -> {
        if (entry.value() instanceof Node.Mapping extended && extended.get("file").isPresent()) {
          throw refused(line, "`extends` with another `file` is not supported");
        }
      }
      case "env_file" -> environment(entry.value(), directory);
      default -> {
        // No other field is read while the file is resolved.
      }
    }
  }

  private void environment(Node value, Path directory) throws StepFailedException {
    switch (value) {
      case Node.Scalar scalar -> inside(scalar, directory);
      case Node.Sequence list -> {
        for (var element : list.elements()) {
          environment(element, directory);
        }
      }
      case Node.Mapping mapping -> {
        var path = mapping.get("path");
        if (path.isPresent()) {
          environment(path.get(), directory);
        }
      }
    }
  }

  private void inside(Node.Scalar path, Path directory) throws StepFailedException {
    var text = path.text();
    try {
      var named = directory.resolve(text).normalize();
      if (!text.contains("$")
          && !text.startsWith("~")
          && named.startsWith(workspace)
          && (!Files.exists(named) || named.toRealPath().startsWith(workspace.toRealPath()))) {
        return;
      }
    } catch (IOException | InvalidPathException e) {
      throw refused(path.place().line(), "`env_file` is %s, which can't be read".formatted(text));
    }
    throw refused(
        path.place().line(),
        "`env_file` is %s, which does not name a file of the commit".formatted(text));
  }

  private StepFailedException refused(int line, String why) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "the compose file is refused: %s:%d: %s".formatted(file.getFileName(), line, why),
        "A test has one compose file, and takes only the commit's files.");
  }
}
