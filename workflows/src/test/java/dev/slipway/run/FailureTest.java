package dev.slipway.run;

import static dev.slipway.run.Pipelines.OPEN;
import static dev.slipway.run.Pipelines.stage;
import static dev.slipway.run.Pipelines.step;
import static dev.slipway.run.Pipelines.withFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.action.FailureType;
import dev.slipway.notification.RunEvent.Kind;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Stage.OnFailure;
import dev.slipway.pipeline.Stage.RetryConfig;
import dev.slipway.step.StepOutcome;
import io.temporal.activity.Activity;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a failed step means for its stage and its run. */
class FailureTest {
  private final World world = Engine.shared().world();

  @ParameterizedTest
  @CsvSource({
    "TRANSIENT, 4",
    "INFRASTRUCTURE, 2",
    "CONFIGURATION, 1",
    "BUILD_FAILED, 1",
    "TESTS_FAILED, 1",
    "FINDINGS, 1",
    "UNHEALTHY, 1",
    "TIMEOUT, 1",
    "CONFLICT, 1"
  })
  void aStepIsTriedAsOftenAsItsFailureDeserves(FailureType type, int tries) {
    world.steps.put("build/compile", World.fails(type));

    var end = world.start().endsAs(RunStatus.BLOCKED);

    assertThat(world.times("build/compile")).isEqualTo(tries);
    assertThat(TestRun.stage(end, "build").steps().getFirst().round()).isEqualTo(tries);
  }

  @Test
  void aStepThatSucceedsInTheEndIsAsGoodAsAnyOther() {
    world.steps.put("build/compile", World.inTurn(World.fails(FailureType.TRANSIENT), World::done));

    var end = world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);

    var compile = TestRun.stage(end, "build").steps().getFirst();
    assertThat(compile.round()).isEqualTo(2);
    assertThat(compile.failure()).isNull();
    assertThat(compile.logName()).endsWith("/build/compile/2.log");
  }

  @Test
  void aStagesRetryRepeatsTheFailedStepAndWhatDependsOnItAndWaitsLongerEachTime() {
    world.pipeline = retried(2, false);
    world.steps.put(
        "test/unit",
        World.inTurn(
            World.fails(FailureType.TESTS_FAILED),
            World.fails(FailureType.TESTS_FAILED),
            World::done));

    var end = world.start().endsAs(RunStatus.SUCCEEDED);

    assertThat(world.times("test/install")).isEqualTo(1);
    assertThat(world.times("test/lint")).isEqualTo(1);
    assertThat(world.times("test/unit")).isEqualTo(3);
    assertThat(world.times("test/report")).isEqualTo(1);
    assertThat(TestRun.stage(end, "test").attempt()).isEqualTo(3);
    assertThat(Duration.between(end.startedAt(), end.endedAt()))
        .isBetween(Duration.ofMinutes(3), Duration.ofMinutes(4));
  }

  @Test
  void aStagesRetriesComeToAnEnd() {
    world.pipeline = retried(2, false);
    world.steps.put("test/unit", World.fails(FailureType.TESTS_FAILED));

    var end = world.start().endsAs(RunStatus.BLOCKED);

    assertThat(world.times("test/unit")).isEqualTo(3);
    assertThat(end.reason()).isEqualTo("test: unit: it failed");
  }

  @Test
  void redeployRepeatsTheWholeStage() {
    world.pipeline = retried(1, true);
    world.steps.put("test/unit", World.inTurn(World.fails(FailureType.TESTS_FAILED), World::done));

    world.start().endsAs(RunStatus.SUCCEEDED);

    assertThat(world.times("test/install")).isEqualTo(2);
    assertThat(world.times("test/lint")).isEqualTo(2);
  }

  @Test
  void aStageIsNotRepeatedForWhatNoRepetitionMends() {
    world.pipeline = retried(2, false);
    world.steps.put("test/unit", World.fails(FailureType.FINDINGS));

    world.start().endsAs(RunStatus.BLOCKED);

    assertThat(world.times("test/unit")).isEqualTo(1);
  }

  @Test
  void aSkippedStageNeverSatisfiesOneThatHasAnEnvironment() {
    world.pipeline =
        Pipelines.of(
            withFailure(
                stage("scan", List.of(), null, OPEN, step("all", "run", Effect.NONE)),
                OnFailure.SKIP,
                RetryConfig.NONE,
                false),
            stage("report", List.of("scan"), null, OPEN, step("send", "run", Effect.NONE)),
            stage(
                "staging",
                List.of("report"),
                "staging",
                OPEN,
                step("deploy", "deploy", Effect.DEPLOYS)));
    world.steps.put("scan/all", World.fails(FailureType.FINDINGS));

    var end = world.start().endsAs(RunStatus.BLOCKED);

    assertThat(TestRun.stage(end, "scan").status()).isEqualTo(StageState.Status.SKIPPED);
    assertThat(world.performed).containsExactly("scan/all", "report/send");
    assertThat(end.reason()).isEqualTo("staging changes staging, but scan was skipped");
  }

  @Test
  void aFailedStageStopsTheOthersAndEachTakesBackWhatItChanged() {
    var deployed = new CountDownLatch(1);
    world.pipeline =
        Pipelines.of(
            stage("test", List.of(), null, OPEN, step("unit", "run", Effect.NONE)),
            stage("staging", List.of(), "staging", OPEN, step("deploy", "deploy", Effect.DEPLOYS)));
    world.steps.put(
        "test/unit",
        request -> {
          World.waitsFor(deployed).perform(request);
          throw World.failure(FailureType.TESTS_FAILED);
        });
    world.steps.put(
        "staging/deploy",
        request -> {
          world.deploys(request);
          deployed.countDown();
          return World.hangs().perform(request);
        });

    var run = world.start();
    var end = run.endsAs(RunStatus.ROLLED_BACK);

    assertThat(world.undone()).containsExactly("undo/staging/assets", "undo/staging/application");
    assertThat(world.runs("staging")).isNull();
    assertThat(TestRun.stage(end, "staging").note())
        .isEqualTo("stopped, since the run could not go on: test: unit: it failed");
    assertThat(TestRun.told(end, Kind.ROLLED_BACK)).hasSize(1);
    run.keeps("stopped-by-a-neighbour");
  }

  @Test
  void aLostWorkerIsNoFailureOfTheStep() {
    world.steps.put(
        "build/compile",
        request -> {
          if (Activity.getExecutionContext().getInfo().getAttempt() == 1) {
            new CountDownLatch(1).await(30, java.util.concurrent.TimeUnit.SECONDS);
          }
          return StepOutcome.of("done");
        });

    var end = world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);

    assertThat(world.times("build/compile")).isEqualTo(2);
    assertThat(TestRun.stage(end, "build").steps().getFirst().round()).isEqualTo(1);
  }

  private static Pipeline retried(int retries, boolean redeploy) {
    return Pipelines.of(
        withFailure(
            stage(
                "test",
                List.of(),
                null,
                OPEN,
                step("install", "run", Effect.NONE),
                step("lint", "run", Effect.NONE, "install"),
                step("unit", "run", Effect.NONE, "install"),
                step("report", "run", Effect.NONE, "unit")),
            OnFailure.RETRY,
            new RetryConfig(retries, Duration.ofMinutes(1)),
            redeploy));
  }
}
