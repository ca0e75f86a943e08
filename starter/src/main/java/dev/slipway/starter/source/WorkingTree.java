package dev.slipway.starter.source;

import dev.slipway.action.ActionCatalog;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.file.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The working tree that a folder is in, looked at without Git, which would cost a process. */
public final class WorkingTree {
  private WorkingTree() {}

  /** The application that the pipeline file of the tree is about; empty when there is none. */
  public static Optional<String> application(Path folder) throws IOException {
    return pipeline(folder).map(Pipeline::application);
  }

  /** The tree's pipeline as its file stands there now; empty when there is no valid one. */
  public static Optional<Pipeline> pipeline(Path folder) throws IOException {
    var root = root(folder.toAbsolutePath().normalize());
    if (root.isEmpty()) {
      return Optional.empty();
    }
    var file = root.get().resolve(PipelineFile.NAME);
    if (!Files.isRegularFile(file) || Files.size(file) > PipelineFile.MOST_BYTES) {
      return Optional.empty();
    }
    var parsed =
        PipelineFile.parse(
            Files.readAllBytes(file),
            ActionCatalog.builtIn(),
            String.valueOf(root.get().getFileName()));
    return switch (parsed) {
      case PipelineFile.Valid valid -> Optional.of(valid.pipeline());
      case PipelineFile.Invalid ignored -> Optional.empty();
    };
  }

  /** The top of the tree that a folder is in; empty when it is in none. */
  public static Optional<Path> root(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }
}
