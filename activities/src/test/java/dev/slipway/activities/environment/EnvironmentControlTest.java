package dev.slipway.activities.environment;

import dev.slipway.activities.TestEngines;
import dev.slipway.activities.database.migrate.DatabaseSchemas;
import dev.slipway.activities.database.migrate.EnvironmentDatabases;
import dev.slipway.activities.database.migrate.ReplicaDatabase;
import dev.slipway.activities.database.postgres.PostgresHome;
import dev.slipway.activities.database.postgres.PostgresServer;
import dev.slipway.activities.git.Git;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.local.LocalTarget;
import dev.slipway.activities.store.FolderStore;
import dev.slipway.environment.EnvironmentActivities;
import dev.slipway.environment.EnvironmentActivitiesContract;
import dev.slipway.environment.EnvironmentId;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The real thing: a store in a folder, the local target, and an engine. */
class EnvironmentControlTest extends EnvironmentActivitiesContract {
  private final TestEnvironmentOptions options = TestEngines.options();
  private final TestWorkflowEnvironment engine = TestWorkflowEnvironment.newInstance(options);
  private final TestActivityEnvironment worker = TestActivityEnvironment.newInstance(options);

  @TempDir private Path folder;

  @BeforeEach
  void begin() throws IOException {
    var home = new Home(folder.resolve("home"), folder.resolve("cache"));
    var store = FolderStore.open(home.store());
    var databases =
        new EnvironmentDatabases(PostgresServer.in(PostgresHome.of(home)), name -> "no secret");
    var target = new LocalTarget(home, store, new ReplicaDatabase(databases));
    worker.registerActivitiesImplementations(
        new EnvironmentControl(
            engine.getWorkflowClient(),
            home,
            store,
            new Git("test", Files.createDirectories(folder.resolve("temp"))),
            spec -> target,
            new DatabaseSchemas(databases),
            Clock.systemUTC()));
  }

  @AfterEach
  void end() {
    worker.close();
    engine.close();
  }

  @Override
  protected EnvironmentActivities activities() {
    return worker.newActivityStub(EnvironmentActivities.class);
  }

  @Override
  protected EnvironmentId environment() {
    return new EnvironmentId("shop", "production");
  }
}
