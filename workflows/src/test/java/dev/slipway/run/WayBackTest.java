package dev.slipway.run;

import static dev.slipway.run.TestRun.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.approval.Decision;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.LedgerEvent.UndoFailed;
import dev.slipway.environment.LedgerEvent.Undone;
import dev.slipway.environment.SchemaStanding;
import dev.slipway.environment.SchemaState;
import dev.slipway.notification.RunEvent.Kind;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a run takes back what it changed. */
class WayBackTest {
  private final World world = Engine.shared().world();

  @Test
  void anUnhealthyReleaseIsTakenBackAndItsCommitHeld() {
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    world.steps.put("production/health", World.fails(FailureType.UNHEALTHY));

    var run = world.start().approvedBy("bea");
    var end = run.endsAs(RunStatus.ROLLED_BACK);

    assertThat(end.reason()).isEqualTo("production: health: it failed");
    assertThat(world.runs("production")).isEqualTo(World.commit(1));
    assertThat(world.live("production")).isEqualTo(1);
    assertThat(world.performed)
        .endsWith(
            "production/health",
            "look/production",
            "undo/production/assets",
            "undo/production/application");
    assertThat(world.ledger("production").heldCommits()).containsExactly(World.commit(2));
    for (var once : List.of(Kind.ROLLING_BACK, Kind.ROLLED_BACK)) {
      assertThat(told(end, once)).hasSize(1);
    }
    assertThat(told(end, Kind.BLOCKED)).isEmpty();
    run.keeps("rolled-back");
  }

  @Test
  void whereNothingWasChangedThereIsNothingToTakeBack() {
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    world.steps.put("production/rollout", World.refuses(FailureType.CONFLICT));

    var run = world.start().approvedBy("bea");
    var end = run.endsAs(RunStatus.BLOCKED);

    assertThat(end.reason()).isEqualTo("production: rollout: it was refused");
    assertThat(world.undone()).isEmpty();
    assertThat(world.ledger("production").heldCommits()).isEmpty();
    assertThat(world.live("production")).isEqualTo(1);
    run.keeps("refused-before-any-change");
    world.steps.remove("production/rollout");
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    assertThat(world.live("production")).isEqualTo(2);
  }

  @Test
  void oneRoundThatMayHaveChangedSomethingIsTakenBackAlthoughTheNextRefuses() {
    world.steps.put(
        "production/rollout",
        World.inTurn(World.fails(FailureType.TRANSIENT), World.refuses(FailureType.CONFLICT)));

    world.start().approvedBy("bea").endsAs(RunStatus.ROLLED_BACK);

    assertThat(world.undone()).isNotEmpty();
  }

  @Test
  void anUndoThatFailsIsALoudEndWithAWordInTheLedger() {
    world.steps.put("production/health", World.fails(FailureType.UNHEALTHY));
    world.undoFails = Optional.of(() -> World.failure(FailureType.UNHEALTHY));

    var run = world.start().approvedBy("bea");
    var end = run.endsAs(RunStatus.ROLLBACK_FAILED);

    assertThat(end.reason())
        .isEqualTo(
            "production could not go back: it failed (after: production: health: it failed)");
    assertThat(world.events("production"))
        .singleElement()
        .isInstanceOfSatisfying(UndoFailed.class, failed -> assertThat(failed.held()).isTrue());
    assertThat(told(end, Kind.ROLLBACK_FAILED)).hasSize(1);
    assertThat(world.guard("production").holder()).isNull();
    run.keeps("rollback-failed");
  }

  @Test
  void aDefectOfOursStillTakesBackWhatWasChanged() {
    world.steps.put("production/rollout", world::deploys);
    world.pipeline = Pipelines.withDefectIn("production", "health");

    var end = world.start().approvedBy("bea").endsAs(RunStatus.ENGINE_ERROR);

    assertThat(world.undone())
        .containsExactly("undo/production/assets", "undo/production/application");
    assertThat(world.runs("production")).isNull();
    assertThat(world.events("production"))
        .singleElement()
        .isInstanceOfSatisfying(Undone.class, undone -> assertThat(undone.held()).isFalse());
    assertThat(end.reason()).startsWith("production: ");
  }

  @Test
  void aReleaseThatCanNotBeRecordedIsTakenBack() {
    world.appendFails = Optional.of(() -> World.failure(FailureType.INFRASTRUCTURE));
    world.pipeline = Pipelines.stagingOnly();

    var end = world.start().endsAs(RunStatus.ENGINE_ERROR);

    assertThat(end.reason()).isEqualTo("the release could not be recorded: it failed");
    assertThat(world.undone()).containsExactly("undo/staging/assets", "undo/staging/application");
    assertThat(world.live("staging")).isEqualTo(-1);
  }

  @Test
  void aPersonIsAskedBeforeDataIsLost() {
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    world.schema = losing();
    world.steps.put("production/health", World.fails(FailureType.UNHEALTHY));
    var run = world.start().approvedBy("bea");

    var state =
        run.awaits(
            now -> now.question() != null && now.question().id().equals("way-back/production"));
    assertThat(state.status()).isEqualTo(RunStatus.WAITING);
    run.approves("cem");

    var end = run.endsAs(RunStatus.ROLLED_BACK);
    assertThat(world.undone())
        .containsExactly(
            "undo/production/assets", "undo/production/schema to 1", "undo/production/application");
    assertThat(end.decisions()).extracting(decision -> decision.by()).containsExactly("bea", "cem");
  }

  @Test
  void withoutAYesToLosingDataTheWayBackFailsLoudly() {
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    world.schema = losing();
    world.steps.put("production/health", World.fails(FailureType.UNHEALTHY));
    var run = world.start().approvedBy("bea");

    var end = run.endsAs(RunStatus.ROLLBACK_FAILED);

    assertThat(world.undone()).containsExactly("undo/production/assets");
    assertThat(end.reason()).contains("nobody agreed to go on");
    assertThat(told(end, Kind.EXPIRED)).isEmpty();
  }

  @Test
  void aRunThatIsSupersededElsewhereDoesNotLoseTheQuestionOfItsWayBack() {
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    world.schema = losing();
    var run = world.start();
    run.awaitsQuestion();

    Engine.shared()
        .after(
            Duration.ofHours(2).plusMinutes(1),
            () -> {
              var newer = Map.of("type", "superseded", "environment", "production", "by", 9);
              run.stub().signal("environmentAnswered", newer);
              run.approves("cem");
            });

    var end = run.endsAs(RunStatus.EXPIRED);
    assertThat(end.decisions()).extracting(Decision::by).containsExactly("cem");
    assertThat(world.live("staging")).isEqualTo(1);
  }

  @Test
  void anEnvironmentThatKeepsItsFailuresSaysSoAndHoldsNothing() {
    world.pipeline = keeping(Pipelines.stagingOnly());
    world.steps.put(
        "staging/deploy",
        request -> {
          world.deploys(request);
          throw World.failure(FailureType.UNHEALTHY);
        });

    var end = world.start().endsAs(RunStatus.BLOCKED);

    assertThat(world.undone()).isEmpty();
    assertThat(world.runs("staging")).isEqualTo(World.commit(1));
    assertThat(world.ledger("staging").isDamaged()).isTrue();
    assertThat(world.ledger("staging").heldCommits()).isEmpty();
    assertThat(told(end, Kind.NOTE)).anyMatch(note -> note.contains("keeps what failed"));
  }

  private static SchemaStanding losing() {
    return new SchemaStanding(
        new SchemaState("2", Digest.of(new byte[] {2})),
        new SchemaState("1", Digest.of(new byte[] {1})),
        false,
        true,
        List.of("12 prices"));
  }

  private static Pipeline keeping(Pipeline pipeline) {
    var specs =
        pipeline.environments().stream()
            .map(
                spec ->
                    new EnvironmentSpec(
                        spec.name(),
                        spec.target(),
                        spec.run(),
                        null,
                        null,
                        spec.after(),
                        true,
                        null))
            .toList();
    return new Pipeline("shop", specs, pipeline.stages(), List.of());
  }
}
