package dev.slipway.run;

import static dev.slipway.run.Pipelines.OPEN;
import static dev.slipway.run.Pipelines.checks;
import static dev.slipway.run.Pipelines.stage;
import static dev.slipway.run.Pipelines.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.action.FailureType;
import dev.slipway.evidence.Coverage;
import dev.slipway.evidence.EvidenceKind;
import dev.slipway.gate.Verdict.Result;
import dev.slipway.notification.RunEvent;
import dev.slipway.notification.RunEvent.Kind;
import dev.slipway.pipeline.Check;
import dev.slipway.pipeline.Check.Condition;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Threshold;
import dev.slipway.step.StepOutcome;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How runs begin, go on and end when nobody interferes. */
class RunTest {
  private final World world = Engine.shared().world();

  @Test
  void approvedRunReleasesToEveryEnvironment() {
    var run = world.start().approvedBy("bea");
    var end = run.endsAs(RunStatus.SUCCEEDED);

    assertThat(world.live("staging")).isEqualTo(1);
    assertThat(world.live("production")).isEqualTo(1);
    assertThat(world.runs("production")).isEqualTo(World.commit(1));
    assertThat(world.ledger("production").live().orElseThrow().decisions())
        .singleElement()
        .satisfies(decision -> assertThat(decision.by()).isEqualTo("bea"));
    assertThat(end.decisions()).hasSize(1);
    assertThat(end.events())
        .extracting(RunEvent::kind)
        .containsExactly(
            Kind.STARTED, Kind.RELEASED, Kind.WAITING, Kind.DECIDED, Kind.RELEASED, Kind.SUCCEEDED);
    assertThat(world.records).containsExactly(end);
    run.keeps("succeeded");
  }

  @Test
  void everyStepIsToldWhichEnvironmentsHaveADatabase() {
    var shop = Pipelines.shop(OPEN);
    var told = new CopyOnWriteArrayList<@Nullable List<String>>();
    world.steps.put(
        "build/compile",
        request -> {
          told.add(request.databases());
          return World.done(request);
        });
    world.pipeline =
        new Pipeline(
            shop.application(),
            List.of(
                database("staging"), database("production"), Pipelines.environment("docs", null)),
            List.of(stage("build", List.of(), null, OPEN, step("compile", "run", Effect.NONE))),
            List.of());

    world.start().endsAs(RunStatus.SUCCEEDED);

    assertThat(told).containsExactly(List.of("staging", "production"));
  }

  private static EnvironmentSpec database(String name) {
    return new EnvironmentSpec(
        name,
        EnvironmentSpec.Target.LOCAL,
        null,
        null,
        EnvironmentSpec.EMBEDDED_DATABASE,
        null,
        false,
        null);
  }

  @Test
  void aPipelineThatCanNotBeReadStartsNothing() {
    world.pipeline = null;

    var end = world.start().endsAs(RunStatus.INVALID);

    assertThat(world.performed).isEmpty();
    assertThat(end.stages()).isEmpty();
  }

  @Test
  void aCommitThatDoesNotExistIsInvalidAndOneThatCanNotBeReachedIsNot() {
    world.prepareFails = Optional.of(() -> World.failure(FailureType.CONFIGURATION));
    assertThat(world.start().endsAs(RunStatus.INVALID).reason()).isEqualTo("it failed");

    world.prepareFails = Optional.of(() -> World.failure(FailureType.INFRASTRUCTURE));
    world.start().endsAs(RunStatus.BLOCKED);
  }

  @Test
  void aFailedCheckBlocksAndNothingIsTakenBackWhereNothingChanged() {
    world.pipeline =
        Pipelines.of(
            stage(
                "test",
                List.of(),
                null,
                checks(new Check(EvidenceKind.COVERAGE, Condition.GTE, new Threshold.Limit(80))),
                step("unit", "npm_run_test", Effect.NONE)),
            stage(
                "staging",
                List.of("test"),
                "staging",
                OPEN,
                step("deploy", "deploy", Effect.DEPLOYS)));
    world.steps.put(
        "test/unit",
        request -> StepOutcome.of("ok").withEvidence(List.of(new Coverage("lcov.info", 71, 100))));

    var run = world.start();
    var end = run.endsAs(RunStatus.BLOCKED);

    assertThat(end.reason())
        .isEqualTo("test: gate: coverage gte 80, but lcov.info: 71.0 % of 100 lines");
    var verdict = Objects.requireNonNull(TestRun.stage(end, "test").verdict());
    assertThat(verdict.checks()).extracting(check -> check.result()).containsExactly(Result.FAILED);
    assertThat(world.performed).containsExactly("test/unit");
    assertThat(TestRun.told(end, Kind.BLOCKED)).hasSize(1);
    run.keeps("blocked");
  }

  @Test
  void anOutcomeThatCanNotBeReadBlocks() {
    world.steps.put("build/compile", World::nothing);

    var end = world.start().endsAs(RunStatus.BLOCKED);

    assertThat(end.reason()).contains("the outcome of run can't be read");
    assertThat(world.live("staging")).isEqualTo(-1);
  }

  @Test
  void independentStepsAndStagesRunAtTheSameTime() {
    world.pipeline =
        Pipelines.of(
            stage(
                "test",
                List.of(),
                null,
                OPEN,
                step("unit", "run", Effect.NONE),
                step("lint", "run", Effect.NONE)),
            stage("docs", List.of(), null, OPEN, step("site", "run", Effect.NONE)));
    var all = new CountDownLatch(3);
    for (var name : List.of("test/unit", "test/lint", "docs/site")) {
      world.steps.put(
          name,
          request -> {
            all.countDown();
            return World.waitsFor(all).perform(request);
          });
    }

    world.start().endsAs(RunStatus.SUCCEEDED);

    assertThat(world.performed).hasSize(3);
  }

  @Test
  void aStepBeginsWhenEverythingItNeedsHasSucceeded() {
    world.pipeline =
        Pipelines.of(
            stage(
                "test",
                List.of(),
                null,
                OPEN,
                step("install", "run", Effect.NONE),
                step("unit", "run", Effect.NONE, "install"),
                step("report", "run", Effect.NONE, "install", "unit")));
    world.steps.put("test/unit", World.fails(FailureType.TESTS_FAILED));

    var end = world.start().endsAs(RunStatus.BLOCKED);

    assertThat(world.performed).containsExactly("test/install", "test/unit");
    assertThat(TestRun.stage(end, "test").steps())
        .extracting(StepState::status)
        .containsExactly(
            StepState.Status.SUCCEEDED, StepState.Status.FAILED, StepState.Status.SKIPPED);
  }

  @Test
  void aWorkerOfAnotherLanguageThatFailsInItsOwnWordsIsUnderstood() {
    world.steps.put(
        "build/compile",
        request -> {
          throw ApplicationFailure.newNonRetryableFailure("cargo: no such crate", "BUILD_FAILED");
        });

    var end = world.start().endsAs(RunStatus.BLOCKED);

    assertThat(end.reason()).isEqualTo("build: compile: run failed: cargo: no such crate");
  }
}
