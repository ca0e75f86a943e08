package dev.slipway.activities.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.activities.environment.EarlierReleases;
import dev.slipway.activities.environment.Ledger;
import dev.slipway.activities.local.LocalWorld;
import dev.slipway.activities.local.TestArtifacts;
import dev.slipway.activities.step.ActionTestKit;
import dev.slipway.activities.target.Target;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.LocalDeployment;
import dev.slipway.environment.ReleaseLabels;
import dev.slipway.evidence.TestResult;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.EnvironmentSpec.LocalRun;
import dev.slipway.step.EnvironmentGrant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class DeploymentActionsTest {
  private static final EnvironmentId PRODUCTION = new EnvironmentId("app", "production");

  @TempDir static Path folder;
  private static ActionTestKit kit;
  private static LocalWorld world;
  private static Target target;
  private static EarlierReleases earlier;
  private static long token;

  @BeforeAll
  static void setUp() throws Exception {
    kit = ActionTestKit.in(folder).artifacts(TestArtifacts.replica());
    world = new LocalWorld(kit.home());
    target = world.target();
    earlier = new EarlierReleases(new Ledger(kit.store(), Clock.systemUTC()));
    TestArtifacts.keepReplica(world.store());
  }

  @AfterAll
  static void tearDown() throws Exception {
    world.environments().stop(PRODUCTION);
  }

  @Test
  void whatIsDeployedCarriesItsLabels() throws Exception {
    var run = run(Map.of());
    kit.environment(grant(7, run)).params("{'artifact': 'shop', 'replicas': 1}");

    var outcome = kit.nextRound().perform(new DeployAction(target, earlier));

    assertThat(outcome.summary()).startsWith("release 7 runs on 1 replica at http://127.0.0.1:");
    assertThat(outcome.outputs())
        .containsEntry("url", target.url(PRODUCTION).toString())
        .containsEntry("replicas", "1");
    assertThat(outcome.evidence())
        .singleElement()
        .isInstanceOfSatisfying(TestResult.class, r -> assertThat(r.isPass()).isTrue());
    assertThat(target.running(PRODUCTION))
        .contains(
            new LocalDeployment(
                new ReleaseLabels(
                    PRODUCTION,
                    7,
                    1,
                    "c".repeat(40),
                    TestArtifacts.replica().digest(),
                    LocalDeployment.configuration(run, "embedded"),
                    "ada"),
                TestArtifacts.replica(),
                run,
                "embedded",
                1));
  }

  @Test
  void aRolloutReplacesReplicasAndSaysHowFarItIs() throws Exception {
    kit.environment(grant(8, run(Map.of())));
    kit.params("{'artifact': 'shop', 'maxSurge': 0, 'maxUnavailable': 1}");

    kit.nextRound().perform(new RolloutAction(target, earlier));

    assertThat(kit.log()).contains("1 of 2 replicas on release 8").contains("2 of 2 replicas");
    assertThat(world.environments().status(PRODUCTION).orElseThrow().replicas()).hasSize(2);
  }

  @Test
  void aRolloutWithoutRoomIsRefused() throws Exception {
    kit.environment(grant(9, run(Map.of())));
    kit.params("{'artifact': 'shop', 'maxSurge': 0, 'maxUnavailable': 0}");

    assertThat(kit.nextRound().failure(new RolloutAction(target, earlier)).type())
        .isEqualTo(FailureType.CONFIGURATION);
  }

  @Test
  void anEnvironmentThatRunsNothingCanNotBeDeployedTo() throws Exception {
    kit.environment(grant(9, null)).params("{'artifact': 'shop'}");

    assertThat(kit.nextRound().failure(new DeployAction(target, earlier)).type())
        .isEqualTo(FailureType.CONFIGURATION);
  }

  @Test
  void whatTheEnvironmentBeforeHasNotHadIsNotDeployed() throws Exception {
    var running = target.running(PRODUCTION);
    kit.environment(grant(12, run(Map.of()), "staging")).params("{'artifact': 'shop'}");

    assertThat(kit.nextRound().failure(new DeployAction(target, earlier)).type())
        .isEqualTo(FailureType.CONFLICT);
    assertThat(kit.nextRound().failure(new RolloutAction(target, earlier)).type())
        .isEqualTo(FailureType.CONFLICT);
    assertThat(target.running(PRODUCTION)).isEqualTo(running);
  }

  @Test
  void aHealthCheckCountsItsLooks() throws Exception {
    kit.environment(grant(10, run(Map.of()))).params("{'artifact': 'shop'}");
    kit.nextRound().perform(new DeployAction(target, earlier));
    kit.params("{'window': '300ms', 'interval': '50ms'}");

    var outcome = kit.nextRound().perform(HealthCheckAction.here(target));

    assertThat(outcome.evidence())
        .singleElement()
        .isInstanceOfSatisfying(
            TestResult.class,
            result -> {
              assertThat(result.passed()).isGreaterThan(8);
              assertThat(result.basis()).isEqualTo(TestResult.Basis.PROBE);
            });
  }

  @Test
  void aHealthCheckSaysWhichReplicaAnsweredWhat() throws Exception {
    var sick = folder.resolve("sick");
    kit.environment(grant(11, run(Map.of("SICK_WHEN", sick.toString()))));
    kit.params("{'artifact': 'shop'}");
    kit.nextRound().perform(new DeployAction(target, earlier));
    Files.createFile(sick);
    kit.params("{'window': '10s'}");

    var failure = kit.nextRound().failure(HealthCheckAction.here(target));

    assertThat(failure.type()).isEqualTo(FailureType.UNHEALTHY);
    assertThat(failure.happened())
        .contains("of release 11: /health answered 503 {\"database\":\"down\"}");
    assertThat(failure.evidence())
        .singleElement()
        .isInstanceOfSatisfying(TestResult.class, r -> assertThat(r.isPass()).isFalse());
  }

  private static LocalRun run(Map<String, String> env) {
    return new LocalRun(List.of("node", "server.js"), "PORT", "/health", List.of("/"), 2, env);
  }

  private static EnvironmentGrant grant(long release, @Nullable LocalRun run) {
    return grant(release, run, null);
  }

  private static EnvironmentGrant grant(
      long release, @Nullable LocalRun run, @Nullable String after) {
    token++;
    return new EnvironmentGrant(
        new EnvironmentSpec(
            "production",
            EnvironmentSpec.Target.LOCAL,
            run,
            null,
            EnvironmentSpec.EMBEDDED_DATABASE,
            after,
            false,
            null),
        token,
        EnvironmentState.EMPTY,
        release,
        "ada",
        null);
  }
}
