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
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.EnvironmentSpec.Target;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real thing: a store in a folder, the local target, and an engine. */
class EnvironmentControlTest extends EnvironmentActivitiesContract {
  private final TestEnvironmentOptions options = TestEngines.options();
  private final TestWorkflowEnvironment engine = TestWorkflowEnvironment.newInstance(options);
  private final TestActivityEnvironment worker = TestActivityEnvironment.newInstance(options);

  @TempDir private Path folder;
  private EnvironmentControl control;

  @BeforeEach
  void begin() throws IOException {
    var home = new Home(folder.resolve("home"), folder.resolve("cache"));
    var store = FolderStore.open(home.store());
    var databases =
        new EnvironmentDatabases(PostgresServer.in(PostgresHome.of(home)), name -> "no secret");
    var target = new LocalTarget(home, store, new ReplicaDatabase(databases));
    control =
        new EnvironmentControl(
            engine.getWorkflowClient(),
            home,
            store,
            new Git("test", Files.createDirectories(folder.resolve("temp"))),
            spec -> target,
            new DatabaseSchemas(databases),
            Clock.systemUTC());
    // The contract's environment is on this machine.
    worker.registerActivitiesImplementations(serving("build," + environment().path()));
  }

  private ServedEnvironments serving(String duties) {
    return new ServedEnvironments(Duties.of(Map.of("SLIPWAY_SERVES", duties)), control);
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

  @Test
  void anEnvironmentOnTheWorkersMachineIsNotTouchedWhereBuildsHaveNoPlace() throws IOException {
    var here = TestLedger.spec("production", null);
    var inCluster =
        new EnvironmentSpec("production", Target.KUBERNETES, null, null, null, null, false, null);
    var was =
        new TestLedger(folder.resolve("ledger"), "production").runs(1, "a".repeat(40), "backend");
    var back = new WayBack(environment(), here, EnvironmentState.EMPTY, "logs/back.log");
    var backToHere = new WayBack(environment(), inCluster, was, "logs/back.log");
    var elsewhere = TestActivityEnvironment.newInstance(options);
    try {
      elsewhere.registerActivitiesImplementations(serving(environment().path()));
      var activities = elsewhere.newActivityStub(EnvironmentActivities.class);

      assertRefused(
          "does not serve builds",
          () -> activities.survey(new SurveyRequest(environment(), here, null, null, null)),
          () -> activities.schemaStanding(back),
          () -> activities.switchAssets(back, null, 1),
          () -> activities.restoreApplication(back, null, 1),
          () -> activities.restoreApplication(backToHere, was.application(), 1),
          () -> activities.migrateDown(back, "1", 1));
    } finally {
      elsewhere.close();
    }
  }

  private static void assertRefused(EnvironmentId foreign, ThrowingCallable... calls) {
    assertRefused("does not serve " + foreign, calls);
    assertRefused("SLIPWAY_SERVES=" + foreign, calls);
  }

  private static void assertRefused(String why, ThrowingCallable... calls) {
    for (var call : calls) {
      assertThatThrownBy(call)
          .cause()
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              refusal -> {
                assertThat(refusal.isNonRetryable()).isTrue();
                assertThat(refusal.getOriginalMessage()).contains(why);
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
