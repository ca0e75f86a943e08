package dev.slipway.activities.database.migrate;

import dev.slipway.action.FailureType;
import dev.slipway.activities.database.flyway.FlywayMigrator;
import dev.slipway.activities.database.flyway.MigrationWatcher;
import dev.slipway.activities.database.postgres.PostgresDatabase;
import dev.slipway.activities.database.schema.Schema;
import dev.slipway.activities.database.script.Migration;
import dev.slipway.activities.database.script.MigrationFiles;
import dev.slipway.activities.database.script.SqlFailedException;
import dev.slipway.activities.database.session.Sessions;
import dev.slipway.activities.step.StepLog;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.FlywayException;

/**
 * Applies what is pending. Each migration's way back is recorded before it runs, in its transaction
 * if it has one.
 *
 * @param run who migrates
 * @param token that must be let in
 * @param temp for copies of the files
 */
record UpMigration(long run, long token, StepLog log, Path temp) {
  void run(Sessions sessions, PostgresDatabase database, MigrationFiles files, MigrationPlan plan)
      throws StepFailedException, SQLException, IOException {
    try (var migrator = FlywayMigrator.of(files.migrations(), temp)) {
      migrator.migrate(sessions.source(database), plan.to(), new Recorder());
    } catch (SqlFailedException e) {
      throw Failures.of(e);
    } catch (FlywayException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "Flyway refuses: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "Look at the migrations and at the table flyway_schema_history.",
          e);
    }
  }

  private final class Recorder implements MigrationWatcher {
    private DataPlaces before = new DataPlaces(List.of());

    @Override
    public void before(Connection connection, Migration migration)
        throws SQLException, StepFailedException {
      var bookkeeping = new Bookkeeping(connection);
      bookkeeping.raiseFence(token);
      before = DataPlaces.of(connection);
      bookkeeping.begin(
          migration, migration.down().orElseThrow(), Schema.of(connection), run, token);
      log.progress("schema up: %s (%s)".formatted(migration.up().name(), migration.name()));
    }

    @Override
    public void after(Connection connection, Migration migration) throws SQLException {
      new Bookkeeping(connection)
          .complete(
              migration.version(),
              Schema.of(connection).fingerprint(),
              DataPlaces.of(connection).since(before));
    }
  }
}
