package dev.slipway.activities.database.check;

import dev.slipway.activities.database.check.Finding.Kind;
import dev.slipway.activities.database.flyway.FlywayHistory;
import dev.slipway.activities.database.flyway.FlywayMigrator;
import dev.slipway.activities.database.flyway.MigrationWatcher;
import dev.slipway.activities.database.postgres.ScratchServer;
import dev.slipway.activities.database.schema.Schema;
import dev.slipway.activities.database.script.Migration;
import dev.slipway.activities.database.script.MigrationFiles;
import dev.slipway.activities.database.script.ScriptRunner;
import dev.slipway.activities.database.script.SqlFailedException;
import dev.slipway.activities.database.script.SqlFailure;
import dev.slipway.activities.database.script.SqlFile;
import dev.slipway.activities.database.script.Version;
import dev.slipway.activities.database.session.Sessions;
import dev.slipway.activities.step.StepLog;
import dev.slipway.step.StepFailedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.PGConnection;

/**
 * Runs migrations up, down and up again on a scratch database full of generated rows, and watches.
 */
final class MigrationChecker {
  private final ScratchServer server;
  private final Sessions sessions;
  private final StepLog log;
  private final Judgement judgement;
  private int databases;

  MigrationChecker(ScratchServer server, Sessions sessions, StepLog log, Judgement judgement) {
    this.server = server;
    this.sessions = sessions;
    this.log = log;
    this.judgement = judgement;
  }

  /** Checks them in order; what comes after one that does not run is not proven. */
  CheckReport check(MigrationFiles files, FlywayMigrator migrator)
      throws StepFailedException, SQLException, InterruptedException {
    var reports = new ArrayList<MigrationReport>();
    var bench = new Bench(migrator);
    var runs = true;
    var live = files.migrations().stream().filter(judgement::isLive).toList();
    if (!live.isEmpty()) {
      log.progress("applying %d live migrations".formatted(live.size()));
      var failure = bench.catchUp(live.getLast());
      runs = failure.isEmpty();
      live.forEach(migration -> reports.add(alreadyLive(migration)));
      failure.ifPresent(f -> reports.add(failing(live.getLast(), f)));
    }
    for (var migration : files.migrations()) {
      if (judgement.isLive(migration)) {
        continue;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (!runs) {
        reports.add(notReached(migration));
        continue;
      }
      log.progress("checking %s".formatted(migration.up().name()));
      var check = bench.check(migration);
      runs = check.wentUp();
      reports.add(check.report());
      if (runs && !check.isAtItsVersion()) {
        // The way down left something else than it should: go on from a clean state.
        bench = new Bench(migrator);
        runs = bench.catchUp(migration).isEmpty();
      }
    }
    return new CheckReport(
        files.newest(), Schema.of(bench.owner).fingerprint(), files.problems(), reports);
  }

  private static MigrationReport alreadyLive(Migration migration) {
    return new MigrationReport(
        migration.version(),
        migration.up().name(),
        List.of(),
        List.of(),
        List.of(),
        List.of("live everywhere already, so not judged again"));
  }

  private MigrationReport failing(Migration migration, SqlFailure failure) {
    var verdict = judgement.of(migration);
    verdict.fails(failure);
    return verdict.report();
  }

  private static MigrationReport notReached(Migration migration) {
    return new MigrationReport(
        migration.version(),
        migration.up().name(),
        List.of(),
        List.of(),
        List.of(
            new Finding(
                Kind.NOT_PROVEN,
                migration.up().name() + ": not proven, since one before it does not run")),
        List.of());
  }

  private record Check(MigrationReport report, boolean wentUp, boolean isAtItsVersion) {}

  /** A database with what watches and fills it. */
  private final class Bench {
    private final FlywayMigrator migrator;
    private final ScratchServer.Database database;
    private final Connection owner;
    private final Watch watch;
    private final Seeder seeder;

    Bench(FlywayMigrator migrator) throws StepFailedException, SQLException {
      this.migrator = migrator;
      this.database = server.database("check" + ++databases);
      this.owner = sessions.open(database.owner());
      this.watch = new Watch(sessions.open(database.superuser()));
      var filling = sessions.open(database.owner());
      filling.setAutoCommit(false);
      this.seeder = new Seeder(filling);
    }

    /** Applies everything up to a migration, unjudged. */
    Optional<SqlFailure> catchUp(Migration last) throws StepFailedException, SQLException {
      var failure = up(last, new Observer());
      seeder.seed();
      return failure;
    }

    Check check(Migration migration) throws StepFailedException, SQLException {
      var verdict = judgement.of(migration);
      var before = Schema.of(owner);
      var rowsBefore = Rows.of(owner);
      watch.begin();
      var observer = new Observer();
      var failure = up(migration, observer);
      if (failure.isPresent()) {
        verdict.fails(failure.get());
        return new Check(verdict.report(), false, false);
      }
      verdict.up(watch.observations(observer.counts), observer);
      var after = Schema.of(owner);
      verdict.unseeded(seeder.seed());
      if (migration.down().isEmpty()) {
        verdict.noDown();
        return new Check(verdict.report(), true, true);
      }
      watch.forget();
      var down = down(migration.version(), migration.down().get(), verdict);
      if (down.isPresent()) {
        verdict.downFails(down.get());
        // A script outside of a transaction can have done half of its work.
        return new Check(verdict.report(), true, Schema.of(owner).equals(after));
      }
      verdict.down(watch.observations(RowCounts.NONE));
      var differences = Schema.of(owner).differences(before);
      if (!differences.isEmpty()) {
        verdict.notRestored(differences);
        return new Check(verdict.report(), true, false);
      }
      verdict.rowsLost(Rows.of(owner).lost(rowsBefore));
      var again = up(migration, new Observer());
      if (again.isPresent()) {
        verdict.failsAgain(again.get());
        return new Check(verdict.report(), true, false);
      }
      var differs = Schema.of(owner).differences(after);
      if (!differs.isEmpty()) {
        verdict.differsAgain(differs);
        return new Check(verdict.report(), true, false);
      }
      seeder.seed();
      return new Check(verdict.report(), true, true);
    }

    private Optional<SqlFailure> up(Migration migration, MigrationWatcher observer)
        throws StepFailedException, SQLException {
      try {
        migrator.migrate(sessions.source(database.owner()), migration.version(), observer);
        return Optional.empty();
      } catch (SqlFailedException e) {
        return failure(e.failure());
      } catch (SQLException e) {
        // A constraint that is checked at the commit belongs to no statement.
        return failure(SqlFailure.of(migration.up().name(), null, e));
      } catch (FlywayException e) {
        // Such as one that mixes statements which must stand alone with others.
        return failure(
            new SqlFailure(
                migration.up().name(),
                1,
                "",
                String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip()));
      }
    }

    private Optional<SqlFailure> down(Version version, SqlFile file, Verdict verdict)
        throws StepFailedException, SQLException {
      try (var connection = sessions.open(database.owner())) {
        connection.setAutoCommit(false);
        try {
          ScriptRunner.run(connection, file.name(), file.text());
          FlywayHistory.forget(connection, version);
          watch.lookAtLocks(pid(connection));
          connection.commit();
          return Optional.empty();
        } catch (SqlFailedException e) {
          connection.rollback();
          if (!e.failure().state().equals(SqlFailure.IN_TRANSACTION)) {
            return failure(e.failure());
          }
        } catch (SQLException e) {
          connection.rollback();
          return failure(SqlFailure.of(file.name(), null, e));
        }
        verdict.note(file.name() + " can't run in a transaction: a failure leaves it half done");
        connection.setAutoCommit(true);
        try {
          ScriptRunner.run(connection, file.name(), file.text());
          FlywayHistory.forget(connection, version);
          return Optional.empty();
        } catch (SqlFailedException e) {
          return failure(e.failure());
        }
      }
    }

    /** What the script is to blame for; that the server is gone is not. */
    private Optional<SqlFailure> failure(SqlFailure failure) throws StepFailedException {
      if (Sessions.isMomentary(failure.state())
          && !failure.state().equals(SqlFailure.LOCK_NOT_AVAILABLE)) {
        throw Sessions.failed(new SQLException(failure.message(), failure.state()));
      }
      return Optional.of(failure);
    }

    private int pid(Connection connection) throws SQLException {
      return connection.unwrap(PGConnection.class).getBackendPID();
    }

    /** Looks at the transaction of the way up right before its end. */
    private final class Observer implements MigrationWatcher, Circumstances {
      private RowCounts start = RowCounts.NONE;
      private RowCounts counts = RowCounts.NONE;
      private String transaction = "";
      private boolean alone;
      private boolean endsItself;

      @Override
      public void before(Connection connection, Migration migration) throws SQLException {
        alone = connection.getAutoCommit();
        if (!alone) {
          start = RowCounts.of(connection);
          transaction = transaction(connection);
        }
      }

      @Override
      public void after(Connection connection, Migration migration) throws SQLException {
        if (!alone) {
          counts = RowCounts.of(connection).minus(start);
          watch.lookAtLocks(pid(connection));
          endsItself = !transaction(connection).equals(transaction);
        }
      }

      private String transaction(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
            var rows = statement.executeQuery("SELECT pg_catalog.pg_current_xact_id()")) {
          rows.next();
          return rows.getString(1);
        }
      }

      @Override
      public boolean runsAlone() {
        return alone;
      }

      @Override
      public boolean endsItsTransaction() {
        return endsItself;
      }
    }
  }

  /** How a migration ran. */
  interface Circumstances {
    /** Outside of a transaction. */
    boolean runsAlone();

    /** It holds a COMMIT or ROLLBACK. */
    boolean endsItsTransaction();
  }
}
