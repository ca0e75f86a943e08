package dev.slipway.activities.docker;

import dev.slipway.action.FailureType;
import dev.slipway.activities.run.ImageControl;
import dev.slipway.artifact.Digest;
import dev.slipway.step.StepFailedException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts tags on images in their registry, without pulling them: the manifest of the digest is read
 * and written again under the tag, byte for byte.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI
 *     Distribution Specification</a>, pulling and pushing manifests
 */
public final class ImageTags implements ImageControl.Tags {
  @Override
  public void attach(
      String repository,
      Digest digest,
      List<String> tags,
      @Nullable String username,
      @Nullable String password)
      throws StepFailedException, InterruptedException {
    DockerBuild.mustBeTags(tags);
    attach(repository, digest, tags, Login.of(repository, username, password));
  }

  static void attach(String repository, Digest digest, List<String> tags, Optional<Login> login)
      throws StepFailedException, InterruptedException {
    try (var registry = new RegistryClient(Registry.of(repository), login)) {
      attach(registry, digest, tags);
    }
  }

  private static void attach(RegistryClient registry, Digest digest, List<String> tags)
      throws StepFailedException, InterruptedException {
    var manifest = registry.manifest(digest.text());
    if (manifest.isEmpty()) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "%s has no image %s any more".formatted(registry, digest),
          "Was it removed? Start a new run, which builds it again.");
    }
    if (!manifest.get().digest().equals(digest)) {
      throw new StepFailedException(
          FailureType.CONFLICT,
          "%s answered another manifest than that of %s".formatted(registry, digest),
          "Look at the registry: what it has under a digest must never change.");
    }
    for (var tag : tags) {
      if (!digest.equals(digestOf(registry, tag))) {
        registry.put(tag, manifest.get());
      }
      var now = digestOf(registry, tag);
      if (!digest.equals(now)) {
        throw new StepFailedException(
            FailureType.CONFLICT,
            "%s:%s is %s after it was put on %s".formatted(registry, tag, now, digest),
            "Does somebody else move this tag? Look at the registry.");
      }
    }
  }

  private static @Nullable Digest digestOf(RegistryClient registry, String tag)
      throws StepFailedException, InterruptedException {
    Optional<Manifest> manifest = registry.manifest(tag);
    return manifest.map(Manifest::digest).orElse(null);
  }
}
