package dev.slipway.starter.source;

import dev.slipway.pipeline.file.PipelineFile;
import java.util.List;

/**
 * A commit that a run can be about.
 *
 * @param repository a folder or URL
 * @param hash the full hash
 * @param path of the pipeline file in it
 * @param text of the pipeline file
 * @param file what that says
 * @param uncommitted files that differ from it and that a run does not see
 */
public record Commit(
    String repository,
    String hash,
    String path,
    String text,
    PipelineFile file,
    List<String> uncommitted) {
  public Commit {
    uncommitted = List.copyOf(uncommitted);
  }

  /** The hash as people write it. */
  public String abbreviated() {
    return hash.substring(0, Math.min(8, hash.length()));
  }
}
