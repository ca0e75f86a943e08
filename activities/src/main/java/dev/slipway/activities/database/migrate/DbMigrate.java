package dev.slipway.activities.database.migrate;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.DatabaseSpecs;
import dev.slipway.action.FailureType;
import dev.slipway.activities.database.flyway.FlywayHistory;
import dev.slipway.activities.database.postgres.PostgresDatabase;
import dev.slipway.activities.database.schema.Schema;
import dev.slipway.activities.database.script.MigrationFiles;
import dev.slipway.activities.database.script.Version;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.activities.target.Targets;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.step.EnvironmentGrant;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import dev.slipway.text.Counted;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Migrates an environment's database, and sees that the live release still works on it. What it did
 * stays, whatever comes of it: the way back is recorded, and gone by whoever decides to.
 */
public final class DbMigrate implements Action {
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(20);

  private final EnvironmentDatabases databases;
  private final Targets targets;

  /**
   * @param targets run the environments' releases
   */
  public DbMigrate(EnvironmentDatabases databases, Targets targets) {
    this.databases = databases;
    this.targets = targets;
  }

  @Override
  public ActionSpec spec() {
    return DatabaseSpecs.DB_MIGRATE;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var grant = step.environment();
    var environment = new EnvironmentId(step.request().key().application(), grant.spec().name());
    var folder = step.params().text("directory", "db/migrations");
    var files = MigrationFiles.read(step.workspace(), step.directory().resolve(folder));
    var database =
        databases
            .find(environment, grant.spec().database())
            .orElseThrow(() -> noDatabase(grant.spec().name()));
    var earlier = earlier(environment, grant, step);
    var fault = faultBefore(environment, database, files, step);
    var migrated =
        ChangeSession.changing(
            database,
            step.request().timeout(),
            grant.fencingToken(),
            (sessions, connection) -> {
              takeBackHalves(connection, grant.fencingToken(), step);
              var plan =
                  MigrationPlan.of(
                      files,
                      FlywayHistory.read(connection),
                      new Bookkeeping(connection).migrations());
              if (earlier.isPresent()) {
                plan.requireIn(earlier.get().name(), earlier.get().checksums());
              }
              if (plan.pending().isEmpty()) {
                step.log().line("the schema is at version %s already".formatted(plan.to()));
              } else {
                new UpMigration(
                        step.request().key().run(), grant.fencingToken(), step.log(), step.temp())
                    .run(sessions, database, files, plan);
                keepContents(connection, plan);
              }
              return new Migrated(
                  from(grant).orElse(plan.from()), plan.to(), Schema.of(connection).fingerprint());
            });
    var applied =
        files.migrations().stream()
            .map(migration -> migration.version())
            .filter(version -> version.compareTo(migrated.from()) > 0)
            .filter(version -> version.compareTo(migrated.to()) <= 0)
            .toList();
    return StepOutcome.of(
            summary(applied, migrated) + proven(environment, database, applied, fault, step))
        .withOutputs(
            Map.of(
                "version", migrated.to().text(),
                "from", migrated.from().text(),
                "fingerprint", migrated.fingerprint().text()));
  }

  /**
   * What the older release has to do with it. One that did not work before can't be proven, and
   * must not keep its own remedy away.
   */
  private String proven(
      EnvironmentId environment,
      PostgresDatabase database,
      List<Version> applied,
      Optional<String> fault,
      StepContext step)
      throws StepFailedException, InterruptedException {
    if (applied.isEmpty()) {
      return "";
    }
    if (fault.isPresent()) {
      step.log().line("the live release did not work before the migration: " + fault.get());
      return ", nothing proven: the live release did not work before";
    }
    var token = step.environment().fencingToken();
    return proof(step)
        .prove(environment, database, named(applied), token, step.log())
        .map(live -> ", release %d proven on it".formatted(live.labels().release()))
        .orElse(", nothing runs on it yet");
  }

  private LiveProof proof(StepContext step) throws StepFailedException, InterruptedException {
    return new LiveProof(targets.of(step.environment().spec()));
  }

  private record Migrated(Version from, Version to, Digest fingerprint) {}

  /**
   * Why the live release does not work, before this step has changed anything; empty when it does,
   * or when the step is repeated, since nobody knows any more how things stood before.
   */
  private Optional<String> faultBefore(
      EnvironmentId environment, PostgresDatabase database, MigrationFiles files, StepContext step)
      throws StepFailedException, InterruptedException {
    var before = step.environment().before().schema();
    var found = from(step.environment()).orElse(Version.NONE);
    if (before == null
        || files.migrations().stream().allMatch(more -> more.version().compareTo(found) <= 0)) {
      return Optional.empty();
    }
    var isUntouched =
        ChangeSession.looking(
            database,
            LOOK_LIMIT,
            (sessions, connection) -> DatabaseSchemas.state(connection).equals(before));
    return isUntouched ? proof(step).fault(environment, step.log()) : Optional.empty();
  }

  private record Earlier(String name, Map<Version, Digest> checksums) {}

  private Optional<Earlier> earlier(
      EnvironmentId environment, EnvironmentGrant grant, StepContext step)
      throws StepFailedException, InterruptedException {
    var name = grant.spec().after();
    if (name == null) {
      return Optional.empty();
    }
    var spec = grant.earlier();
    if (spec == null) {
      step.log().line("not checked: whether %s has had the migrations".formatted(name));
      return Optional.empty();
    }
    var database =
        databases.find(new EnvironmentId(environment.application(), name), spec.database());
    if (database.isEmpty()) {
      step.log().line("%s has no database, so it cannot have had the migrations".formatted(name));
      return Optional.empty();
    }
    return Optional.of(new Earlier(name, checksums(database.get())));
  }

  private static Map<Version, Digest> checksums(PostgresDatabase database)
      throws StepFailedException, InterruptedException {
    return ChangeSession.looking(
        database,
        LOOK_LIMIT,
        (sessions, connection) ->
            new Bookkeeping(connection)
                .migrations().stream()
                    .filter(migration -> migration.after() != null)
                    .collect(
                        Collectors.toMap(RecordedMigration::version, RecordedMigration::checksum)));
  }

  /** What runs outside of a transaction can be killed half-way. */
  private static void takeBackHalves(Connection connection, long token, StepContext step)
      throws SQLException, StepFailedException {
    var applied = FlywayHistory.read(connection);
    var halves =
        new Bookkeeping(connection)
            .migrations().stream()
                .filter(RecordedMigration::standsAlone)
                .filter(
                    migration ->
                        applied.stream()
                            .noneMatch(
                                row -> row.success() && row.version().equals(migration.version())))
                .sorted(Comparator.comparing(RecordedMigration::version).reversed())
                .toList();
    for (var half : halves) {
      step.log().line("migration %s was begun and not ended".formatted(half.version()));
      new DownMigration(connection, token, step.log()).run(half);
    }
  }

  private static void keepContents(Connection connection, MigrationPlan plan) throws SQLException {
    var bookkeeping = new Bookkeeping(connection);
    for (var recorded : bookkeeping.migrations()) {
      if (plan.pending().stream().anyMatch(m -> m.version().equals(recorded.version()))) {
        var contents = Losses.contents(connection, recorded.brought());
        if (contents.isPresent()) {
          bookkeeping.keepContents(recorded.version(), contents.get());
        }
      }
    }
  }

  /** The version before the run; a repeated step finds its own migrations applied. */
  private static Optional<Version> from(EnvironmentGrant grant) {
    var before = grant.before().schema();
    return before == null ? Optional.empty() : Version.parse(before.version());
  }

  private static String named(List<Version> applied) {
    return applied.size() == 1
        ? "migration " + applied.getFirst()
        : "one of the migrations %s to %s".formatted(applied.getFirst(), applied.getLast());
  }

  private static String summary(List<Version> applied, Migrated migrated) {
    return applied.isEmpty()
        ? "schema at %s, nothing to migrate".formatted(migrated.to())
        : "schema %s -> %s (%s)"
            .formatted(migrated.from(), migrated.to(), Counted.of(applied.size(), "migration"));
  }

  private static StepFailedException noDatabase(String environment) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "the environment %s has no database to migrate".formatted(environment),
        "Give it `database: embedded` or a JDBC URL, or remove the step.");
  }
}
