package dev.slipway.activities.database.flyway;

import static dev.slipway.activities.database.TestDatabases.value;
import static dev.slipway.activities.database.TestMigrations.migration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.action.FailureType;
import dev.slipway.activities.database.TestDatabases;
import dev.slipway.activities.database.postgres.PostgresDatabase;
import dev.slipway.activities.database.script.Migration;
import dev.slipway.activities.database.script.SqlFailedException;
import dev.slipway.activities.database.script.SqlFailure;
import dev.slipway.activities.database.script.Version;
import dev.slipway.activities.database.session.SessionLimits;
import dev.slipway.activities.database.session.Sessions;
import dev.slipway.step.StepFailedException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlywayMigratorTest {
  private static TestDatabases databases;
  private PostgresDatabase database;
  private final Recorder recorder = new Recorder();

  @BeforeAll
  static void start() throws Exception {
    databases = TestDatabases.start();
  }

  @AfterAll
  static void stop() throws Exception {
    databases.close();
  }

  @TempDir private Path temp;

  @BeforeEach
  void fresh() throws Exception {
    database = databases.fresh();
  }

  @Test
  void aMigrationItsHistoryAndItsWatcherShareOneTransaction() throws Exception {
    migrate(
        List.of(
            migration(1, "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1)", ""),
            migration(2, "ALTER TABLE a ADD COLUMN b text DEFAULT '${x}'", "")));

    assertThat(recorder.seen).containsExactly("before 1", "after 1", "before 2", "after 2");
    assertThat(recorder.transactions).hasSize(4);
    assertThat(recorder.transactions.get(0)).isEqualTo(recorder.transactions.get(1));
    assertThat(recorder.transactions.get(2)).isEqualTo(recorder.transactions.get(3));
    assertThat(
            value(
                database,
                "SELECT count(DISTINCT xmin::text) FROM (SELECT xmin FROM a UNION ALL SELECT xmin"
                    + " FROM flyway_schema_history WHERE version = '1') rows"))
        .isEqualTo("1");
    assertThat(value(database, "SELECT b FROM a")).isEqualTo("${x}");
    try (var connection = TestDatabases.open(database)) {
      assertThat(FlywayHistory.read(connection).stream().map(a -> a.version().text()))
          .containsExactly("1", "2");
      FlywayHistory.forget(connection, Version.of("2"));
      assertThat(FlywayHistory.read(connection)).hasSize(1);
    }
  }

  @Test
  void aFailingStatementIsNamedByFileAndLineAndLeavesNothing() throws Exception {
    var up = "CREATE TABLE a (id int);\n\nINSERT INTO a\nVALUES (1),\n  (broken)";

    assertThat(migrate(List.of(migration(1, up, ""))))
        .contains(new SqlFailure("V1__step.sql", 5, "42703", "column \"broken\" does not exist"));
    assertThat(value(database, "SELECT to_regclass('a')")).isEqualTo("null");
    assertThat(value(database, "SELECT count(*) FROM flyway_schema_history WHERE version = '1'"))
        .isEqualTo("0");
  }

  @Test
  void whatAWatcherThrowsTakesTheMigrationBack() throws Exception {
    recorder.failure =
        new StepFailedException(FailureType.CONFLICT, "a newer run was here", "Look.");

    assertThatThrownBy(() -> migrate(List.of(migration(1, "CREATE TABLE a (id int)", ""))))
        .isSameAs(recorder.failure);
    assertThat(value(database, "SELECT to_regclass('a')")).isEqualTo("null");
  }

  @Test
  void aStatementThatMustStandAloneRunsOutsideOfATransaction() throws Exception {
    migrate(
        List.of(
            migration(1, "CREATE TABLE a (id int)", ""),
            migration(2, "CREATE INDEX CONCURRENTLY i ON a (id)", "")));

    assertThat(recorder.transactions.subList(2, 4)).containsExactly("none", "none");
    assertThat(value(database, "SELECT to_regclass('i')")).isEqualTo("i");
  }

  private Optional<SqlFailure> migrate(List<Migration> migrations) throws Exception {
    try (var migrator = FlywayMigrator.of(migrations, temp)) {
      return Sessions.with(
          SessionLimits.within(Duration.ofSeconds(30)),
          sessions -> {
            try {
              migrator.migrate(sessions.source(database), migrations.getLast().version(), recorder);
              return Optional.empty();
            } catch (SqlFailedException e) {
              return Optional.of(e.failure());
            }
          });
    }
  }

  private static final class Recorder implements MigrationWatcher {
    private final List<String> seen = new ArrayList<>();
    private final List<String> transactions = new ArrayList<>();
    private @Nullable StepFailedException failure;

    @Override
    public void before(Connection connection, Migration migration) throws SQLException {
      note("before ", connection, migration);
    }

    @Override
    public void after(Connection connection, Migration migration)
        throws SQLException, StepFailedException {
      note("after ", connection, migration);
      if (failure != null) {
        throw failure;
      }
    }

    private void note(String when, Connection connection, Migration migration) throws SQLException {
      seen.add(when + migration.version());
      if (connection.getAutoCommit()) {
        transactions.add("none");
        return;
      }
      try (var rows = connection.createStatement().executeQuery("SELECT pg_current_xact_id()")) {
        rows.next();
        transactions.add(rows.getString(1));
      }
    }
  }
}
