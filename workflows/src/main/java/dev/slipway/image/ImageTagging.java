package dev.slipway.image;

import dev.slipway.artifact.Digest;
import dev.slipway.pipeline.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tags that a built image gets once it may be known by them.
 *
 * @param run whose step built the image
 * @param step that built it
 * @param repository registry and name, as the step answered it in its output {@code repository}
 * @param digest of the manifest, as the step answered it in its output {@code digest}
 * @param tags as asked for, with every reference inserted
 * @param username as in the pipeline file, secrets unresolved; null without credentials
 * @param password as in the pipeline file, secrets unresolved; null without credentials
 */
public record ImageTagging(
    RunId run,
    String step,
    String repository,
    Digest digest,
    List<String> tags,
    @Nullable String username,
    @Nullable String password) {
  public ImageTagging {
    tags = List.copyOf(tags);
  }
}
