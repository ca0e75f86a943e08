package dev.slipway.activities.database.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.artifact.Digest;
import dev.slipway.environment.EnvironmentId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** Databases with one login each, which owns its database and is no superuser. */
final class Logins {
  private static final int MOST_NAME_CHARACTERS = 48;
  private static final long ONE_AT_A_TIME = 0x736c_6970_7761_79L;

  private Logins() {}

  /** The name of an environment's database and login: readable, and unique by its end. */
  static String name(EnvironmentId environment) {
    var readable = environment.path().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    var hash = Digest.of(environment.path().getBytes(UTF_8)).hex().substring(0, 8);
    return "%s_%s"
        .formatted(readable.substring(0, Math.min(readable.length(), MOST_NAME_CHARACTERS)), hash);
  }

  /**
   * Creates what is missing.
   *
   * @param superuser a connection to the maintenance database
   * @param login whose names hold letters, digits and underscores only
   */
  static void ensure(Connection superuser, PostgresDatabase login) throws SQLException {
    try (var statement = superuser.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(%d)".formatted(ONE_AT_A_TIME));
      if (!exists(superuser, "SELECT 1 FROM pg_roles WHERE rolname = ?", login.user())) {
        statement.execute("CREATE ROLE \"%s\"".formatted(login.user()));
      }
      statement.execute(
          "ALTER ROLE \"%s\" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '%s'"
              .formatted(login.user(), login.password()));
      if (!exists(superuser, "SELECT 1 FROM pg_database WHERE datname = ?", login.name())) {
        statement.execute(
            "CREATE DATABASE \"%s\" OWNER \"%s\"".formatted(login.name(), login.user()));
      }
      statement.execute("REVOKE ALL ON DATABASE \"%s\" FROM PUBLIC".formatted(login.name()));
      statement.execute(
          "REVOKE ALL ON DATABASE %s, template1 FROM PUBLIC".formatted(Cluster.MAINTENANCE));
      statement.execute("SELECT pg_advisory_unlock(%d)".formatted(ONE_AT_A_TIME));
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }
}
