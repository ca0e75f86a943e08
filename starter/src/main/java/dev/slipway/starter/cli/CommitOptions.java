package dev.slipway.starter.cli;

import dev.slipway.pipeline.file.PipelineFile;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.source.Commit;
import dev.slipway.starter.source.CommitReader;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which commit is meant, and which of its files is the pipeline. */
final class CommitOptions {
  @Option(
      names = "--commit",
      paramLabel = "REV",
      description = "A hash, a branch or a tag; the current commit unless given.")
  private @Nullable String revision;

  @Option(
      names = "--file",
      paramLabel = "PATH",
      description = "The pipeline file in the commit; ${DEFAULT-VALUE} unless given.",
      defaultValue = PipelineFile.NAME)
  private String file = PipelineFile.NAME;

  /**
   * The commit with its pipeline file.
   *
   * @param repository a folder or a URL
   */
  Commit read(Surroundings surroundings, String repository)
      throws TroubleException, IOException, InterruptedException {
    try (var reader = CommitReader.open(surroundings.here())) {
      return reader.read(repository, Optional.ofNullable(revision), file);
    }
  }
}
