package dev.slipway.activities.database.script;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs a script statement by statement. */
public final class ScriptRunner {
  private ScriptRunner() {}

  /**
   * Runs it in the connection's transaction, or each statement in its own when the connection
   * commits by itself.
   */
  public static void run(Connection connection, String name, String text)
      throws SqlFailedException {
    for (var part : SqlScript.statements(text)) {
      try (var statement = connection.createStatement()) {
        statement.setEscapeProcessing(false);
        statement.execute(part.text());
      } catch (SQLException e) {
        throw new SqlFailedException(SqlFailure.of(name, part, e), e);
      }
    }
  }
}
