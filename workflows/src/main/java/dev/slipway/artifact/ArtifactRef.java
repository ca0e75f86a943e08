package dev.slipway.artifact;

import java.util.Objects;

/**
 * An artifact that a step kept.
 *
 * @param name the step's {@code artifact}
 * @param digest of the kept archive, which is the same for the same files
 * @param size of the kept archive in bytes
 */
public record ArtifactRef(String name, Digest digest, long size) {
  public ArtifactRef {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(digest, "digest");
  }
}
