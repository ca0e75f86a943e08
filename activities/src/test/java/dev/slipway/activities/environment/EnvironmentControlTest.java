package dev.slipway.activities.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.TestEngines;
import dev.slipway.activities.database.migrate.DatabaseSchemas;
import dev.slipway.activities.database.migrate.EnvironmentDatabases;
import dev.slipway.activities.database.migrate.ReplicaDatabase;
import dev.slipway.activities.database.postgres.PostgresHome;
import dev.slipway.activities.database.postgres.PostgresServer;
import dev.slipway.activities.duty.Duties;
import dev.slipway.activities.git.Git;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.local.LocalTarget;
import dev.slipway.activities.store.FolderStore;
import dev.slipway.environment.EnvironmentActivities;
import dev.slipway.environment.EnvironmentActivities.SurveyRequest;
import dev.slipway.environment.EnvironmentActivities.WayBack;
import dev.slipway.environment.EnvironmentActivitiesContract;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.LedgerEvent.Discredited;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        new ServedEnvironments(
            Duties.of(Map.of("SLIPWAY_SERVES", environment().path())),
            new EnvironmentControl(
                engine.getWorkflowClient(),
                home,
                store,
                new Git("test", Files.createDirectories(folder.resolve("temp"))),
                spec -> target,
                new DatabaseSchemas(databases),
                Clock.systemUTC())));
  }

  @AfterEach
  void end() {
    worker.close();
    engine.close();
  }

  @ParameterizedTest
  @CsvSource({"blog, production", "shop, staging"})
  void anEnvironmentThatTheWorkerDoesNotServeIsNotTouched(String application, String name) {
    var foreign = new EnvironmentId(application, name);
    var spec = TestLedger.spec(name, null);
    var back = new WayBack(foreign, spec, EnvironmentState.EMPTY, "logs/back.log");

    assertRefused(
        foreign,
        () -> activities().survey(new SurveyRequest(foreign, spec, null, null, null)),
        () -> activities().chooseRelease(foreign, null, null),
        () -> activities().append(foreign, new Discredited(1, 1, "rejected"), null),
        () -> activities().schemaStanding(back),
        () -> activities().switchAssets(back, null, 1),
        () -> activities().restoreApplication(back, null, 1),
        () -> activities().migrateDown(back, "1", 1));
  }

  private static void assertRefused(EnvironmentId foreign, ThrowingCallable... calls) {
    for (var call : calls) {
      assertThatThrownBy(call)
          .cause()
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              refusal -> {
                assertThat(refusal.isNonRetryable()).isTrue();
                assertThat(refusal.getOriginalMessage())
                    .contains("does not serve " + foreign, "SLIPWAY_SERVES=" + foreign);
              });
    }
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
