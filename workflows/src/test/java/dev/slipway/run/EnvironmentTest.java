package dev.slipway.run;

import static dev.slipway.run.TestRun.stage;
import static dev.slipway.run.TestRun.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.action.FailureType;
import dev.slipway.environment.LedgerEvent.Released;
import dev.slipway.environment.LedgerEvent.RolledBack;
import dev.slipway.environment.LedgerEvent.UndoFailed;
import dev.slipway.environment.LedgerEvent.Undone;
import dev.slipway.environment.Release;
import dev.slipway.environment.StalenessFacts;
import dev.slipway.notification.RunEvent.Kind;
import dev.slipway.step.StepOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How runs share an environment. */
class EnvironmentTest {
  private final Engine engine = Engine.shared();
  private final World world = engine.world();

  @Test
  void aNewerRunAtTheSameGateSupersedesTheOlderOneAndBothSaySo() {
    var older = world.start();
    older.awaitsQuestion();
    var newer = world.start();

    var end = older.endsAs(RunStatus.SUPERSEDED);

    assertThat(end.reason()).isEqualTo("run 2 is newer and took its place in production");
    assertThat(told(end, Kind.SUPERSEDED)).hasSize(1);
    assertThat(world.undone()).isEmpty();
    assertThat(world.live("staging")).isEqualTo(2);
    var state = newer.awaits(now -> !told(now, Kind.NOTE).isEmpty());
    assertThat(told(state, Kind.NOTE)).containsExactly("it took the place of run 1 in production");
    newer.approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    older.keeps("superseded");
    newer.keeps("took-a-place");
  }

  @Test
  void anOlderRunThatReachesTheGateLaterGivesWay() {
    world.steps.put("build/compile", World.inTurn(World.waitsFor(world.latch), World::done));
    var older = world.start();
    await().until(() -> world.performed.contains("build/compile"));
    var newer = world.start();
    newer.awaitsQuestion();

    world.latch.countDown();

    older.endsAs(RunStatus.SUPERSEDED);
    newer.approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
  }

  @Test
  void twoRunsNeverChangeAnEnvironmentAtTheSameTimeAndTokensRise() {
    var inside = new CopyOnWriteArrayList<Long>();
    world.pipeline = Pipelines.stagingOnly();
    world.steps.put(
        "staging/deploy",
        request -> {
          assertThat(inside).isEmpty();
          inside.add(request.key().run());
          world.deploys(request);
          assertThat(inside).containsExactly(request.key().run());
          inside.clear();
          return StepOutcome.of("deployed");
        });

    var runs = Stream.generate(world::start).limit(4).toList();
    var ends = runs.stream().map(TestRun::ends).toList();

    assertThat(ends)
        .extracting(RunState::status)
        .containsOnly(RunStatus.SUCCEEDED, RunStatus.SUPERSEDED)
        .last()
        .isEqualTo(RunStatus.SUCCEEDED);
    assertThat(Objects.requireNonNull(world.tokens.get("staging")))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void anApprovalOfAnEnvironmentThatHasChangedSinceIsAskedForAgain() {
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    var run = world.start();
    run.awaitsQuestion();
    var release = world.ledger("production").live().orElseThrow();
    world.append(
        world.id("production"),
        new Released(
            new Release(
                2,
                9,
                null,
                release.spec(),
                release.state(),
                List.of(),
                List.of(),
                release.at(),
                List.of())));

    run.approves("bea");

    var question =
        run.awaits(
            state -> state.question() != null && state.question().id().equals("production/2"));
    assertThat(told(question, Kind.NOTE))
        .contains("production has changed since the approval, which no longer counts");
    run.approves("bea");
    run.endsAs(RunStatus.SUCCEEDED);
    assertThat(world.live("production")).isEqualTo(3);
  }

  @Test
  void aRunKnowsWhereTheLedgerEndsFromTheGrantOn() {
    world.pipeline = Pipelines.stagingOnly();
    world.start().endsAs(RunStatus.SUCCEEDED);
    world.start().endsAs(RunStatus.SUCCEEDED);

    var first = World.head(world.ledger("staging").entries().getFirst());
    assertThat(world.heads.get("staging"))
        .containsExactly(
            Optional.empty(), Optional.empty(), Optional.of(first), Optional.of(first));
  }

  @Test
  void aCommitThatWouldLoseWhatLivesIsRefusedBeforeAnybodyIsAsked() {
    world.staleness =
        new StalenessFacts("abc", true, List.of("abc Add tax"), List.of(), null, null);

    var end = world.start().endsAs(RunStatus.BLOCKED);

    assertThat(end.reason()).contains("this one would lose: abc Add tax");
    assertThat(world.performed).containsExactly("build/compile");
  }

  @Test
  void anEnvironmentWhoseHolderWasKilledGoesBackAndServesTheNextOne() {
    world.steps.put("production/rollout", world.hangsWhenItHasDeployed());
    var killed = world.start().approvedBy("bea");
    await().until(() -> world.runs("production") != null);

    killed.dies();
    var next = world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);

    assertThat(world.undone())
        .containsExactly("undo/production/assets", "undo/production/application");
    assertThat(world.events("production"))
        .first()
        .isInstanceOfSatisfying(
            Undone.class,
            undone -> {
              assertThat(undone.run()).isEqualTo(1);
              assertThat(undone.reason()).isEqualTo("run 1 ended in the middle of it");
              assertThat(undone.held()).isTrue();
            });
    assertThat(next.id().number()).isEqualTo(2);
    assertThat(world.live("production")).isEqualTo(2);
    assertThat(Objects.requireNonNull(world.tokens.get("production"))).isSorted();
    Histories.keep(engine, "environment-recovered", world.id("production").workflowId());
  }

  @Test
  void aKilledHolderWhoseWayBackFailsLeavesAWordAndNoLock() {
    world.steps.put("production/rollout", world.hangsWhenItHasDeployed());
    var killed = world.start().approvedBy("bea");
    await().until(() -> world.runs("production") != null);
    world.undoFails = Optional.of(() -> World.failure(FailureType.UNHEALTHY));

    killed.dies();
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);

    assertThat(world.events("production")).first().isInstanceOf(UndoFailed.class);
  }

  @Test
  void aKilledRollbackIsGoneToItsEnd() {
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    var go = new CountDownLatch(1);
    world.undoWaitsFor = Optional.of(go);
    var rollback = world.rollBack("production", null);
    await().until(() -> world.undone().size() == 1);

    rollback.dies();
    go.countDown();
    engine.passes(Duration.ofMinutes(3));
    await().until(() -> world.events("production").size() == 3);
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);

    assertThat(world.events("production").get(2))
        .isInstanceOfSatisfying(
            RolledBack.class,
            back -> {
              assertThat(back.from()).isEqualTo(2);
              assertThat(back.to()).isEqualTo(1);
              assertThat(back.held()).isTrue();
              assertThat(back.by()).isEqualTo("ann");
            });
  }

  @Test
  void aHolderThatDiedBeforeItChangedAnythingIsSimplyPassedOver() {
    world.surveyWaitsFor = Optional.of(world.latch);
    world.pipeline = Pipelines.stagingOnly();
    var killed = world.start();
    await().until(() -> world.surveys.get() > 0);

    killed.dies();
    world.latch.countDown();
    world.start().endsAs(RunStatus.SUCCEEDED);

    assertThat(world.events("staging")).hasSize(1);
    assertThat(world.undone()).isEmpty();
  }

  @Test
  void anEnvironmentsGuardOutlivesActivitiesThatFail() {
    world.steps.put("production/rollout", world.hangsWhenItHasDeployed());
    var killed = world.start().approvedBy("bea");
    await().until(() -> world.runs("production") != null);
    var surveys = world.surveys.get();
    world.surveyFails = Optional.of(() -> World.failure(FailureType.INFRASTRUCTURE));
    killed.dies();
    engine.passes(Duration.ofMinutes(3));
    await().until(() -> world.surveys.get() > surveys);

    world.surveyFails = Optional.empty();
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);

    assertThat(world.events("production")).first().isInstanceOf(Undone.class);
  }

  @Test
  void aGuardThatContinuesAsNewKeepsQueueAndTokens() {
    var go = new CountDownLatch(1);
    world.steps.put("production/rollout", World.inTurn(World.waitsFor(go), world::deploys));
    var holder = world.start().approvedBy("bea");
    await().until(() -> world.performed.contains("production/rollout"));
    var queued = world.start().approvedBy("bea");
    queued.awaits(state -> stage(state, "production").status() == StageState.Status.QUEUED);
    var guard = engine.client().newUntypedWorkflowStub(world.id("production").workflowId());
    var first = guard.describe().getExecution().getRunId();

    for (var message = 0; message < 510; message++) {
      guard.signal("lock", message % 2 == 0 ? "garbage" : List.of());
    }
    await().until(() -> !guard.describe().getExecution().getRunId().equals(first));

    var state = world.guard("production");
    assertThat(state.holder()).isEqualTo(1);
    assertThat(state.waiting()).containsExactly(2L);
    go.countDown();
    holder.endsAs(RunStatus.SUCCEEDED);
    queued.awaits(now -> now.question() != null && now.question().id().equals("production/2"));
    queued.approves("bea");
    queued.endsAs(RunStatus.SUCCEEDED);
    assertThat(Objects.requireNonNull(world.tokens.get("production")))
        .isSorted()
        .doesNotHaveDuplicates();
    Histories.keep(engine, "environment-continued", world.id("production").workflowId(), first);
    Histories.keep(engine, "environment", world.id("production").workflowId());
  }

  @Test
  void anEnvironmentThatCanNotBeLookedAtBlocksAndSaysWhy() {
    world.pipeline = Pipelines.stagingOnly();
    world.surveyFails = Optional.of(() -> World.failure(FailureType.CONFIGURATION));

    var end = world.start().endsAs(RunStatus.BLOCKED);

    assertThat(end.reason()).isEqualTo("staging: it failed");
    assertThat(world.performed).doesNotContain("staging/deploy");
    assertThat(world.guard("staging").holder()).isNull();
  }
}
