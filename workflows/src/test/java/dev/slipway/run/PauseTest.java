package dev.slipway.run;

import static dev.slipway.run.Pipelines.OPEN;
import static dev.slipway.run.Pipelines.stage;
import static dev.slipway.run.Pipelines.step;
import static dev.slipway.run.TestRun.stage;
import static dev.slipway.run.TestRun.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.action.Params;
import dev.slipway.approval.Decision;
import dev.slipway.notification.RunEvent.Kind;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Stage;
import dev.slipway.pipeline.Stage.OnFailure;
import dev.slipway.pipeline.Stage.RetryConfig;
import dev.slipway.pipeline.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A run that stands still inside a stage: as its file says, or as a person wants it. */
class PauseTest {
  private final Engine engine = Engine.shared();
  private final World world = engine.world();

  /** Staging with a candidate, a pause and the rollout. */
  private static Pipeline paused(Step pause) {
    return Pipelines.of(
        stage(
            "staging",
            List.of(),
            "staging",
            OPEN,
            step("deploy", "deploy", Effect.DEPLOYS),
            pause,
            step("promote", "deploy", Effect.DEPLOYS, "wait")));
  }

  private static Step asking() {
    return step("wait", "pause", Effect.NONE, "deploy");
  }

  private static Step lasting(Duration time) {
    var plain = asking();
    return new Step(
        plain.name(),
        plain.action(),
        plain.effect(),
        new Params(JsonNodeFactory.instance.objectNode().put("for", time.toMillis())),
        plain.timeout(),
        null,
        plain.needs(),
        "",
        null,
        plain.env(),
        null);
  }

  @Test
  void aPauseLastsAsLongAsTheFileSays() {
    world.pipeline = paused(lasting(Duration.ofMinutes(90)));

    var end = world.start().endsAs(RunStatus.SUCCEEDED);

    var waited = stage(end, "staging").steps().get(1);
    assertThat(waited.summary()).isEqualTo("waited 1h 30m");
    assertThat(Duration.between(begin(waited), Objects.requireNonNull(waited.endedAt())))
        .isBetween(Duration.ofMinutes(90), Duration.ofMinutes(91));
    assertThat(world.performed).contains("staging/deploy", "staging/promote");
  }

  private static Instant begin(StepState step) {
    return Objects.requireNonNull(step.startedAt());
  }

  @Test
  void aPauseWithoutATimeEndsWhenAPersonSaysYes() {
    world.pipeline = paused(asking());
    var run = world.start();

    var question = run.awaitsQuestion();
    assertThat(question.subject()).isEqualTo("Go on with 00000000 after staging/wait?");
    assertThat(world.performed).doesNotContain("staging/promote");
    run.approves("bea");

    var end = run.endsAs(RunStatus.SUCCEEDED);
    assertThat(end.decisions()).extracting(Decision::by).containsExactly("bea");
    assertThat(world.performed).contains("staging/promote");
    run.keeps("pause-approved");
  }

  @Test
  void aNoInAPauseTakesTheEnvironmentBack() {
    world.pipeline = paused(asking());
    var run = world.start();
    run.awaitsQuestion();

    run.rejects("bea", "errors are rising");

    var end = run.endsAs(RunStatus.ROLLED_BACK);
    assertThat(end.reason()).contains("wait: bea said no: errors are rising");
    assertThat(world.undone()).isNotEmpty();
    assertThat(world.performed).doesNotContain("staging/promote");
  }

  @Test
  void nobodysAnswerInAPauseTakesTheEnvironmentBack() {
    world.pipeline = paused(asking());

    var run = world.start();
    var end = run.endsAs(RunStatus.ROLLED_BACK);

    assertThat(end.reason()).contains("wait: nobody decided within 2h");
    assertThat(told(end, Kind.ESCALATED)).hasSize(1);
    run.keeps("pause-expired");
  }

  @Test
  void aRunIsStoppedInItsPause() {
    world.pipeline = paused(lasting(Duration.ofDays(1)));
    var run = world.start();
    await().until(() -> note(run.state()).contains("pauses for 1d"));

    run.stops();

    run.endsAs(RunStatus.CANCELLED);
    assertThat(world.undone()).isNotEmpty();
  }

  private static String note(RunState state) {
    var stages = state.stages();
    return stages.isEmpty() ? "" : String.valueOf(stages.getFirst().note());
  }

  @Test
  void aPauseGivesWayToARollback() {
    world.pipeline = Pipelines.stagingOnly();
    world.start().endsAs(RunStatus.SUCCEEDED);
    world.start().endsAs(RunStatus.SUCCEEDED);
    world.pipeline = paused(lasting(Duration.ofDays(1)));
    var run = world.start();
    await().until(() -> note(run.state()).contains("pauses for 1d"));

    var rollback = world.rollBack("staging", 1L);

    var end = run.endsAs(RunStatus.ROLLED_BACK);
    assertThat(end.reason()).contains("wait: run 4 rolls staging back");
    rollback.endsAs(RunStatus.SUCCEEDED);
    assertThat(world.live("staging")).isEqualTo(1);
    run.keeps("pause-gives-way");
    Histories.keep(engine, "environment-tells-its-holder", world.id("staging").workflowId());
  }

  @Test
  void aPersonHoldsARunBeforeItsNextStep() {
    world.steps.put("staging/deploy", World.inTurn(World.waitsFor(world.latch), world::deploys));
    world.pipeline = Pipelines.shop(OPEN);
    var run = world.start();
    await().until(() -> world.performed.contains("staging/deploy"));

    run.pauses("ann", "looks odd");
    world.latch.countDown();

    var question = run.awaitsQuestion();
    assertThat(question.subject())
        .isEqualTo("Go on with rollout? The run is paused by ann: looks odd");
    assertThat(world.performed).doesNotContain("production/rollout");
    run.approves("bea");
    run.endsAs(RunStatus.SUCCEEDED);
    run.keeps("held-by-a-person");
  }

  @Test
  void aHoldThatIsRefusedEndsTheStage() {
    world.steps.put("staging/deploy", World.inTurn(World.waitsFor(world.latch), world::deploys));
    world.pipeline = Pipelines.shop(OPEN);
    var run = world.start();
    await().until(() -> world.performed.contains("staging/deploy"));
    run.pauses("ann", null);
    world.latch.countDown();
    run.awaitsQuestion();

    run.rejects("bea", "no");

    run.endsAs(RunStatus.BLOCKED);
    assertThat(world.performed).doesNotContain("production/rollout");
    assertThat(world.live("staging")).isEqualTo(1);
  }

  @Test
  void aNoEndsTheRunAlsoInAStageThatMayBeSkipped() {
    var skippable =
        new Stage(
            "first",
            List.of(step("wait", "pause", Effect.NONE)),
            OPEN,
            OnFailure.SKIP,
            RetryConfig.NONE,
            List.of(),
            null,
            false);
    world.pipeline =
        Pipelines.of(
            skippable,
            stage("second", List.of("first"), null, OPEN, step("b", "run", Effect.NONE)));
    var run = world.start();
    run.awaitsQuestion();

    run.rejects("bea", "no");

    run.endsAs(RunStatus.BLOCKED);
    assertThat(world.performed).isEmpty();
  }

  @Test
  void afterANoNothingBeginsAnyMore() {
    var slow = new CountDownLatch(1);
    world.steps.put("all/quick", World.waitsFor(world.latch));
    world.steps.put("all/slow", World.waitsFor(slow));
    world.pipeline =
        Pipelines.of(
            stage(
                "all",
                List.of(),
                null,
                OPEN,
                step("quick", "run", Effect.NONE),
                step("slow", "run", Effect.NONE),
                step("asks", "run", Effect.NONE, "quick"),
                step("late", "run", Effect.NONE, "slow")));
    var run = world.start();
    await().until(() -> world.performed.containsAll(List.of("all/quick", "all/slow")));
    run.pauses("ann", null);
    world.latch.countDown();
    run.awaitsQuestion();

    run.rejects("bea", "no");
    run.awaits(state -> state.question() == null);
    slow.countDown();

    run.endsAs(RunStatus.BLOCKED);
    assertThat(world.performed).containsExactlyInAnyOrder("all/quick", "all/slow");
  }

  @Test
  void whatCantBePausedSaysWhy() {
    var run = world.start();
    run.awaitsQuestion();

    assertThatThrownBy(() -> run.pauses("ann", null))
        .rootCause()
        .hasMessageContaining("the run waits for a decision already: Release 00000000");
    assertThatThrownBy(() -> run.pauses(" ", null))
        .rootCause()
        .hasMessageContaining("it does not say who pauses the run");

    run.approves("bea");
    run.endsAs(RunStatus.SUCCEEDED);
  }

  @Test
  void stepsSideBySideShareOneQuestion() {
    world.steps.put("first/a", World.waitsFor(world.latch));
    world.pipeline =
        Pipelines.of(
            stage("first", List.of(), null, OPEN, step("a", "run", Effect.NONE)),
            stage(
                "second",
                List.of("first"),
                null,
                OPEN,
                step("b", "run", Effect.NONE),
                step("c", "run", Effect.NONE)));
    var run = world.start();
    await().until(() -> world.performed.contains("first/a"));
    run.pauses("ann", null);
    world.latch.countDown();
    run.awaitsQuestion();

    run.approves("bea");

    assertThat(run.endsAs(RunStatus.SUCCEEDED).decisions()).hasSize(1);
    assertThat(world.performed).contains("second/b", "second/c");
  }
}
