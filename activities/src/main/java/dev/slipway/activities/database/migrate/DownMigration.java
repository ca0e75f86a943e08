package dev.slipway.activities.database.migrate;

import dev.slipway.action.FailureType;
import dev.slipway.activities.database.flyway.FlywayHistory;
import dev.slipway.activities.database.schema.Schema;
import dev.slipway.activities.database.script.ScriptRunner;
import dev.slipway.activities.database.script.SqlFailedException;
import dev.slipway.activities.database.script.SqlFailure;
import dev.slipway.activities.step.StepLog;
import dev.slipway.step.StepFailedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

/**
 * Takes migrations back by their recorded downs, each together with what was recorded of it.
 *
 * @param connection which commits by itself
 * @param token that is let in
 */
record DownMigration(Connection connection, long token, StepLog log) {
  /** Takes one back; fails without having changed anything when it does not lead back. */
  void run(RecordedMigration migration) throws StepFailedException, SQLException {
    if (isBack(migration)) {
      log.line("migration %s left nothing in the schema".formatted(migration.version()));
      ChangeSession.inTransaction(connection, () -> forget(migration));
      return;
    }
    log.progress(
        "schema down: %s (%s)".formatted(migration.down().name(), migration.description()));
    try {
      ChangeSession.inTransaction(connection, () -> runWhole(migration));
    } catch (StandsAlone alone) {
      log.line("it has to run outside of a transaction");
      new Bookkeeping(connection).raiseFence(token);
      runStatements(migration);
      verify(migration, "what it did stays");
      ChangeSession.inTransaction(connection, () -> forget(migration));
    }
  }

  /** A migration that was killed before it did anything, or a down before it was recorded. */
  private boolean isBack(RecordedMigration migration) throws SQLException {
    var before = migration.before().fingerprint();
    return !before.equals(migration.after()) && Schema.of(connection).fingerprint().equals(before);
  }

  private void runWhole(RecordedMigration migration) throws StepFailedException, SQLException {
    new Bookkeeping(connection).raiseFence(token);
    runStatements(migration);
    verify(migration, "nothing was changed");
    forget(migration);
  }

  private void runStatements(RecordedMigration migration) throws StepFailedException, StandsAlone {
    try {
      ScriptRunner.run(connection, migration.down().name(), migration.down().text());
    } catch (SqlFailedException e) {
      if (e.failure().state().equals(SqlFailure.IN_TRANSACTION)) {
        throw new StandsAlone(e);
      }
      throw Failures.of(e);
    }
  }

  private void verify(RecordedMigration migration, String otherwise)
      throws StepFailedException, SQLException {
    var now = Schema.of(connection);
    if (!now.fingerprint().equals(migration.before().fingerprint())) {
      throw new StepFailedException(
          FailureType.CONFLICT,
          "%s does not lead back to the schema before migration %s, %s: %s"
              .formatted(
                  migration.down().name(),
                  migration.version(),
                  otherwise,
                  String.join("; ", now.differences(migration.before()))),
          "Somebody may have changed the schema by hand. Take that back, or bring the schema to"
              + " that state by hand.");
    }
  }

  private void forget(RecordedMigration migration) throws SQLException {
    FlywayHistory.forget(connection, migration.version());
    new Bookkeeping(connection).forget(migration.version());
  }

  /** A statement refuses to be in a transaction. */
  private static final class StandsAlone extends SQLException {
    StandsAlone(SqlFailedException cause) {
      super(Objects.requireNonNull(cause.getMessage()), cause);
    }
  }
}
