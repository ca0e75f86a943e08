package dev.slipway.activities.database.postgres;

import dev.slipway.activities.home.Home;
import java.nio.file.Path;

/**
 * Where PostgreSQL lives. Either folder may not exist yet.
 *
 * @param data the servers' data, logs and passwords
 * @param programs the unpacked programs, which several homes may share
 */
public record PostgresHome(Path data, Path programs) {
  public PostgresHome {
    data = data.toAbsolutePath();
    programs = programs.toAbsolutePath();
  }

  /** That of a home; homes with the same cache share the programs. */
  public static PostgresHome of(Home home) {
    return new PostgresHome(home.database(), home.cache());
  }
}
