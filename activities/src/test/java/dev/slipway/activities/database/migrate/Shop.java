package dev.slipway.activities.database.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.action.FailureType;
import dev.slipway.activities.database.TestDatabases;
import dev.slipway.activities.database.TestStep;
import dev.slipway.activities.database.postgres.PostgresDatabase;
import dev.slipway.activities.database.postgres.PostgresHome;
import dev.slipway.activities.database.postgres.PostgresServer;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.target.LiveApplication;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentActivities.WayBack;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.LocalDeployment;
import dev.slipway.environment.ReleaseLabels;
import dev.slipway.environment.SchemaStanding;
import dev.slipway.environment.SchemaState;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.EnvironmentSpec.LocalRun;
import dev.slipway.step.EnvironmentGrant;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An application with one environment, its database at a JDBC URL and its password a secret. */
final class Shop {
  static final LocalRun RUN =
      new LocalRun(List.of("node", "server.js"), "PORT", "/health", List.of(), 1, Map.of());

  final EnvironmentId id;
  final PostgresDatabase database;
  final LiveApplication live = new LiveApplication();
  final List<String> log = new CopyOnWriteArrayList<>();
  private final Path folder;
  private final EnvironmentDatabases databases;
  private EnvironmentSpec spec;
  private @Nullable EnvironmentSpec earlier;
  private long token = 1;
  private Runnable onProgress = () -> {};

  Shop(String name, PostgresDatabase database, Path folder) {
    this.id = new EnvironmentId("shop", name);
    this.database = database;
    this.folder = folder;
    this.spec = specification(name, null);
    this.databases =
        new EnvironmentDatabases(
            PostgresServer.in(new PostgresHome(folder.resolve("no-server"), folder)),
            secret -> {
              if (secret.equals("DB_PASSWORD")) {
                return database.password();
              }
              throw new StepFailedException(FailureType.CONFIGURATION, "no " + secret, "Set it.");
            });
  }

  private @Nullable SchemaState before;

  Shop token(long next) {
    token = next;
    return this;
  }

  /** Everything must have been in this environment before. */
  Shop after(EnvironmentSpec other) {
    earlier = other;
    spec = specification(id.name(), other.name());
    return this;
  }

  /** The schema that the run found, which a repeated step no longer sees. */
  Shop found(SchemaState schema) {
    before = schema;
    return this;
  }

  Shop onProgress(Runnable action) {
    onProgress = action;
    return this;
  }

  EnvironmentSpec spec() {
    return spec;
  }

  DatabaseSchemas schemas() {
    return new DatabaseSchemas(databases);
  }

  SchemaState schema() throws Exception {
    return schemas().state(id, spec).orElseThrow();
  }

  /** Migrates with a commit of its own that holds these migrations: version, up, down, … */
  StepOutcome migrate(String... migrations) throws Exception {
    var step = step();
    for (var i = 0; i < migrations.length; i += 3) {
      step.file("V" + migrations[i] + "__step.sql", migrations[i + 1]);
      if (!migrations[i + 2].isEmpty()) {
        step.file("U" + migrations[i] + "__step.sql", migrations[i + 2]);
      }
    }
    return perform(step);
  }

  TestStep step() throws Exception {
    return new TestStep(Files.createTempDirectory(folder, "commit")).onProgress(onProgress);
  }

  StepOutcome perform(TestStep step) throws Exception {
    step.grant(
        new EnvironmentGrant(
            spec,
            token,
            new EnvironmentState(null, null, before == null ? schema() : before),
            8,
            "Ada",
            earlier));
    try {
      return new DbMigrate(databases, spec -> live).perform(step);
    } finally {
      log.addAll(step.lines());
    }
  }

  LocalDeployment release(long number) {
    var artifact = Digest.of(("release " + number).getBytes(UTF_8));
    return new LocalDeployment(
        new ReleaseLabels(
            id,
            number,
            number,
            "c".repeat(40),
            artifact,
            LocalDeployment.configuration(RUN, spec.database()),
            null),
        new ArtifactRef("backend", artifact, 1),
        RUN,
        spec.database(),
        1);
  }

  /** A release that is healthy while its query works. */
  void runs(long release, String query) {
    live.runs(release(release), () -> TestDatabases.execute(database, query));
  }

  WayBack wayBack(@Nullable Deployment application, SchemaState schema) {
    return new WayBack(id, spec, new EnvironmentState(application, null, schema), "log");
  }

  SchemaStanding standing(long release, SchemaState schema) throws Exception {
    return schemas().standing(wayBack(release(release), schema));
  }

  void down(SchemaState wanted) throws Exception {
    schemas().migrateDown(wayBack(null, wanted), wanted.version(), token, lines());
  }

  String value(String query) throws Exception {
    return TestDatabases.value(database, query);
  }

  void execute(String... statements) throws Exception {
    TestDatabases.execute(database, statements);
  }

  private StepLog lines() {
    return new StepLog() {
      @Override
      public void line(String text) {
        log.add(text);
      }

      @Override
      public void progress(String text) {
        log.add(text);
        onProgress.run();
      }
    };
  }

  private EnvironmentSpec specification(String name, @Nullable String after) {
    return new EnvironmentSpec(
        name,
        EnvironmentSpec.Target.LOCAL,
        RUN,
        null,
        database.jdbcUrl() + "?user=" + database.user() + "&password=${secret:DB_PASSWORD}",
        after,
        false,
        null);
  }
}
