package dev.slipway.activities.database.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.artifact.Digest;

/**
 * A file of SQL.
 *
 * @param name without folder
 * @param text as it stands
 */
public record SqlFile(String name, String text) {
  /** The digest of its text; how lines end makes no difference. */
  public Digest checksum() {
    return Digest.of(text.replace("\r\n", "\n").getBytes(UTF_8));
  }
}
