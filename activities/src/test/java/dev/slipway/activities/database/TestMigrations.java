package dev.slipway.activities.database;

import dev.slipway.activities.database.script.Migration;
import dev.slipway.activities.database.script.SqlFile;
import dev.slipway.activities.database.script.Version;
import java.util.Optional;

/** Migrations without files. */
public final class TestMigrations {
  private TestMigrations() {}

  public static Migration migration(int version, String up, String down) {
    return new Migration(
        Version.of(Integer.toString(version)),
        "step",
        new SqlFile("V" + version + "__step.sql", up),
        Optional.of(new SqlFile("U" + version + "__step.sql", down)));
  }
}
