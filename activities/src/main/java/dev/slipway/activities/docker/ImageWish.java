package dev.slipway.activities.docker;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a build needs besides its files.
 *
 * @param target empty for the Dockerfile's last stage
 * @param platforms like {@code linux/arm64}; none for the engine's own
 * @param secrets values by the names under which the Dockerfile's commands mount them
 */
record ImageWish(
    Optional<String> target,
    Map<String, String> args,
    Map<String, String> labels,
    List<String> platforms,
    Map<String, String> secrets,
    Optional<Login> login) {
  /** Whether only BuildKit can do it. */
  boolean needsBuildKit() {
    return !platforms.isEmpty() || !secrets.isEmpty();
  }

  /** Whether the image is a list of images, which no engine but a registry keeps. */
  boolean isForSeveralPlatforms() {
    return platforms.size() > 1;
  }

  @Override
  public String toString() {
    return "a wish for " + target.orElse("an image"); // never the secrets
  }
}
