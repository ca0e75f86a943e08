package dev.slipway.activities.database.postgres;

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
}
