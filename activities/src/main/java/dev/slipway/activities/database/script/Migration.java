package dev.slipway.activities.database.script;

import java.util.Optional;

/**
 * A step of the schema.
 *
 * @param name for people
 * @param down takes the step back; empty when there is none
 */
public record Migration(Version version, String name, SqlFile up, Optional<SqlFile> down) {
  /** The name of the file that is missing when there is no down. */
  public String downName() {
    return "U" + up.name().substring(1);
  }
}
