package dev.slipway.activities.docker;

import dev.slipway.artifact.Digest;

/** What a registry answers for a digest or a tag. */
final class Manifest {
  private final String type;
  private final byte[] bytes;

  /**
   * @param type its media type, with which it must be written again
   * @param bytes not changed by anybody from here on
   */
  Manifest(String type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  String type() {
    return type;
  }

  byte[] bytes() {
    return bytes;
  }

  Digest digest() {
    return Digest.of(bytes);
  }
}
