package dev.slipway.activities.database.flyway;

import dev.slipway.activities.database.script.Migration;
import dev.slipway.step.StepFailedException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Is there when a migration runs: on its connection, and in its transaction if it has one. What it
 * throws fails the migration, which then leaves nothing behind.
 */
public interface MigrationWatcher {
  /** Nothing of the migration has run yet. */
  void before(Connection connection, Migration migration) throws SQLException, StepFailedException;

  /** Everything of the migration has run; its transaction is still open. */
  void after(Connection connection, Migration migration) throws SQLException, StepFailedException;
}
