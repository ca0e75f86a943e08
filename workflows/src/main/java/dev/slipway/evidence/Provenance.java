package dev.slipway.evidence;

import dev.slipway.artifact.Digest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an image was made of and by whom, as whoever signed it says.
 *
 * @param repository a folder or URL, for people
 * @param commit the full hash
 * @param pipeline the digest of the pipeline file; null when it does not say
 * @param run that made it, such as {@code storefront/12}
 * @param builder the installation of Slipway
 */
public record Provenance(
    String repository, String commit, @Nullable Digest pipeline, String run, String builder) {
  public Provenance {
    Objects.requireNonNull(repository, "repository");
    Objects.requireNonNull(commit, "commit");
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(builder, "builder");
  }
}
