package dev.slipway.activities.database.schema;

import java.sql.SQLException;
import java.sql.Statement;

/**
 * A session's search path while another one is set.
 *
 * @param before what it was
 */
record SearchPath(String before) {
  /** Sets another one. */
  static SearchPath only(Statement statement, String schema) throws SQLException {
    var path = new SearchPath(value(statement, "SELECT current_setting('search_path')"));
    set(statement, schema);
    return path;
  }

  /** Sets what was before. */
  void restore(Statement statement) throws SQLException {
    set(statement, before);
  }

  // Inside a transaction it ends with it, so that a rollback leaves the session as it was.
  private static void set(Statement statement, String path) throws SQLException {
    var local = !statement.getConnection().getAutoCommit();
    try (var change =
        statement.getConnection().prepareStatement("SELECT set_config('search_path', ?, ?)")) {
      change.setString(1, path);
      change.setBoolean(2, local);
      change.execute();
    }
  }

  private static String value(Statement statement, String query) throws SQLException {
    try (var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
