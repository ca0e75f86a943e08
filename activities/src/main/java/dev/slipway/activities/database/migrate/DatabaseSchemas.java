package dev.slipway.activities.database.migrate;

import dev.slipway.action.FailureType;
import dev.slipway.activities.database.flyway.AppliedMigration;
import dev.slipway.activities.database.flyway.FlywayHistory;
import dev.slipway.activities.database.schema.Schema;
import dev.slipway.activities.database.script.Version;
import dev.slipway.activities.environment.Schemas;
import dev.slipway.activities.step.StepLog;
import dev.slipway.environment.EnvironmentActivities.WayBack;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.SchemaStanding;
import dev.slipway.environment.SchemaState;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.step.StepFailedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The schemas of environments' PostgreSQL databases. */
public final class DatabaseSchemas implements Schemas {
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(20);
  private static final Duration DOWN_LIMIT = Duration.ofMinutes(5);

  private final EnvironmentDatabases databases;

  public DatabaseSchemas(EnvironmentDatabases databases) {
    this.databases = databases;
  }

  @Override
  public Optional<SchemaState> state(EnvironmentId environment, EnvironmentSpec spec)
      throws StepFailedException, InterruptedException {
    var database = databases.find(environment, spec.database());
    if (database.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        ChangeSession.looking(
            database.get(), LOOK_LIMIT, (sessions, connection) -> state(connection)));
  }

  @Override
  public SchemaStanding standing(WayBack wayBack) throws StepFailedException, InterruptedException {
    var database = databases.find(wayBack.environment(), wayBack.spec().database());
    if (database.isEmpty()) {
      return SchemaStanding.NONE;
    }
    return ChangeSession.looking(
        database.get(), LOOK_LIMIT, (sessions, connection) -> standing(wayBack, connection));
  }

  private static SchemaStanding standing(WayBack wayBack, Connection connection)
      throws SQLException {
    var now = state(connection);
    var wanted = wayBack.wanted().schema();
    var application = wayBack.wanted().application();
    var proven =
        (wanted != null && wanted.fingerprint().equals(now.fingerprint()))
            || (application != null
                && new Bookkeeping(connection).isProven(application.labels(), now.fingerprint()));
    var above = Above.of(connection, version(wanted));
    return new SchemaStanding(
        now,
        wanted,
        proven,
        above.leadsFrom(now) && above.leadsTo(wanted),
        Losses.of(connection, above.recorded()));
  }

  @Override
  public void migrateDown(WayBack wayBack, String version, long fencingToken, StepLog log)
      throws StepFailedException, InterruptedException {
    var database = databases.find(wayBack.environment(), wayBack.spec().database());
    if (database.isEmpty()) {
      log.line("no database, no schema to take down");
      return;
    }
    var wanted = Version.of(version);
    ChangeSession.changing(
        database.get(),
        DOWN_LIMIT,
        fencingToken,
        (sessions, connection) -> {
          var above = Above.of(connection, wanted);
          if (!above.unrecorded().isEmpty()) {
            throw new StepFailedException(
                FailureType.CONFIGURATION,
                "no way back is recorded for %s"
                    .formatted(
                        String.join(", ", above.unrecorded().stream().map(Version::text).toList())),
                "They were applied by other means: take them back by hand, and delete their rows"
                    + " in flyway_schema_history.");
          }
          var down = new DownMigration(connection, fencingToken, log);
          for (var migration : above.recorded()) {
            down.run(migration);
          }
          log.line(
              above.recorded().isEmpty()
                  ? "the schema is at version %s already".formatted(wanted)
                  : "the schema is at version %s again".formatted(wanted));
          return wanted;
        });
  }

  static SchemaState state(Connection connection) throws SQLException {
    var newest =
        FlywayHistory.read(connection).stream()
            .filter(AppliedMigration::success)
            .map(AppliedMigration::version)
            .max(Version::compareTo)
            .orElse(Version.NONE);
    return new SchemaState(newest.text(), Schema.of(connection).fingerprint());
  }

  private static Version version(@Nullable SchemaState state) {
    return state == null ? Version.NONE : Version.of(state.version());
  }

  /**
   * What stands above a version.
   *
   * @param recorded with its way back, newest first
   * @param unrecorded without
   */
  private record Above(List<RecordedMigration> recorded, List<Version> unrecorded) {
    static Above of(Connection connection, Version wanted) throws SQLException {
      var recorded =
          new Bookkeeping(connection)
              .migrations().reversed().stream()
                  .filter(migration -> migration.version().compareTo(wanted) > 0)
                  .toList();
      var unrecorded = new TreeSet<Version>();
      for (var row : FlywayHistory.read(connection)) {
        if (row.version().compareTo(wanted) > 0) {
          unrecorded.add(row.version());
        }
      }
      recorded.forEach(migration -> unrecorded.remove(migration.version()));
      return new Above(recorded, List.copyOf(unrecorded));
    }

    /** Whether the schema is the one that the newest migration made. */
    boolean leadsFrom(SchemaState now) {
      if (recorded.isEmpty()) {
        return unrecorded.isEmpty();
      }
      var after = recorded.getFirst().after();
      return unrecorded.isEmpty() && (after == null || after.equals(now.fingerprint()));
    }

    /** Whether the last down ends at the schema that is wanted. */
    boolean leadsTo(@Nullable SchemaState wanted) {
      return wanted == null
          || (recorded.isEmpty()
              ? false
              : recorded.getLast().before().fingerprint().equals(wanted.fingerprint()));
    }
  }
}
