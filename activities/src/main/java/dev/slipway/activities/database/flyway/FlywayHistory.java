package dev.slipway.activities.database.flyway;

import dev.slipway.activities.database.script.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Flyway's own table of what it applied, in the schema in which it works. */
public final class FlywayHistory {
  /** The table's name. */
  public static final String TABLE = "flyway_schema_history";

  private FlywayHistory() {}

  /** What was applied, oldest first; nothing when Flyway was never here. */
  public static List<AppliedMigration> read(Connection connection) throws SQLException {
    var applied = new ArrayList<AppliedMigration>();
    try (var statement = connection.createStatement()) {
      try (var rows = statement.executeQuery("SELECT to_regclass('" + TABLE + "')")) {
        rows.next();
        if (rows.getString(1) == null) {
          return List.of();
        }
      }
      try (var rows =
          statement.executeQuery(
              "SELECT version, script, success FROM "
                  + TABLE
                  + " WHERE version IS NOT NULL ORDER BY installed_rank")) {
        while (rows.next()) {
          applied.add(
              new AppliedMigration(
                  Version.of(rows.getString(1)), rows.getString(2), rows.getBoolean(3)));
        }
      }
    }
    return List.copyOf(applied);
  }

  /** Forgets a migration that was taken back; in the connection's transaction if it has one. */
  public static void forget(Connection connection, Version version) throws SQLException {
    for (var row : read(connection)) {
      if (row.version().equals(version)) {
        try (var statement =
            connection.prepareStatement("DELETE FROM " + TABLE + " WHERE script = ?")) {
          statement.setString(1, row.script());
          statement.execute();
        }
      }
    }
  }
}
