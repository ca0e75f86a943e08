package dev.slipway.activities.kubernetes;

import dev.slipway.artifact.Digest;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reading names of images. */
final class Images {
  private static final Pattern BY_DIGEST = Pattern.compile("[^@]+@(sha256:[0-9a-f]{64})");

  private Images() {}

  /** Registry and name, without tag and digest. */
  static String repository(String image) {
    var at = image.indexOf('@');
    var named = at < 0 ? image : image.substring(0, at);
    var colon = named.lastIndexOf(':');
    return colon > named.lastIndexOf('/') ? named.substring(0, colon) : named;
  }

  /** What a name says is run; empty for one by tag. */
  static Optional<Digest> digest(String image) {
    var named = BY_DIGEST.matcher(image);
    return named.matches() ? Optional.of(new Digest(named.group(1))) : Optional.empty();
  }
}
