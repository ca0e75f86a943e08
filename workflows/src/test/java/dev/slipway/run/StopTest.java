package dev.slipway.run;

import static dev.slipway.run.TestRun.stage;
import static dev.slipway.run.TestRun.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.action.FailureType;
import dev.slipway.environment.LedgerEvent.Undone;
import dev.slipway.notification.RunEvent.Kind;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A run that a person stops. */
class StopTest {
  private final World world = Engine.shared().world();

  @Test
  void inABuildTheStepIsStoppedAndNothingIsTakenBack() {
    world.steps.put("build/compile", World.hangs());
    var run = world.start();
    await().until(() -> world.performed.contains("build/compile"));

    run.stops();

    var end = run.endsAs(RunStatus.CANCELLED);
    assertThat(stage(end, "build").steps().getFirst().status()).isEqualTo(StepState.Status.FAILED);
    assertThat(world.performed).containsExactly("build/compile");
    assertThat(told(end, Kind.CANCELLED)).containsExactly("the run was stopped");
  }

  @Test
  void whileItWaitsForAPersonItGivesItsPlaceBack() {
    var run = world.start();
    run.awaitsQuestion();

    run.stops();

    run.endsAs(RunStatus.CANCELLED);
    assertThat(world.live("staging")).isEqualTo(1);
    assertThat(world.undone()).isEmpty();
    await().until(() -> world.guard("production").waiting().isEmpty());
  }

  @Test
  void whileItIsQueuedItGivesItsPlaceBackAndTheNextOneIsServed() {
    var go = new CountDownLatch(1);
    world.steps.put("production/rollout", World.inTurn(World.waitsFor(go), world::deploys));
    var holder = world.start().approvedBy("bea");
    await().until(() -> world.performed.contains("production/rollout"));
    var queued = world.start().approvedBy("bea");
    queued.awaits(state -> stage(state, "production").status() == StageState.Status.QUEUED);

    queued.stops();
    queued.endsAs(RunStatus.CANCELLED);
    go.countDown();

    holder.endsAs(RunStatus.SUCCEEDED);
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    assertThat(world.ledger("production").releases())
        .extracting(release -> release.run())
        .containsExactly(1L, 3L);
    assertThat(world.guard("production").waiting()).isEmpty();
  }

  @Test
  void inMidDeploymentTheEnvironmentGoesBackWhenTheStepHasStopped() {
    var stopped = new CountDownLatch(1);
    world.steps.put(
        "production/rollout",
        request -> {
          world.deploys(request);
          try {
            return World.hangs().perform(request);
          } finally {
            assertThat(world.undone()).isEmpty();
            stopped.countDown();
          }
        });
    var run = world.start().approvedBy("bea");
    await().until(() -> world.performed.contains("production/rollout"));

    run.stops();

    var end = run.endsAs(RunStatus.CANCELLED);
    assertThat(stopped.getCount()).isZero();
    assertThat(world.undone())
        .containsExactly("undo/production/assets", "undo/production/application");
    assertThat(world.runs("production")).isNull();
    assertThat(world.events("production"))
        .singleElement()
        .isInstanceOfSatisfying(Undone.class, undone -> assertThat(undone.held()).isFalse());
    assertThat(told(end, Kind.ROLLED_BACK)).hasSize(1);
    assertThat(told(end, Kind.CANCELLED)).hasSize(1);
    assertThat(world.live("staging")).isEqualTo(1);
    run.keeps("cancelled");
  }

  @Test
  void whileItGoesBackItGoesBackToTheEnd() {
    world.steps.put("production/health", World.fails(FailureType.UNHEALTHY));
    var go = new CountDownLatch(1);
    world.undoWaitsFor = Optional.of(go);
    var run = world.start().approvedBy("bea");
    await().until(() -> !world.undone().isEmpty());

    run.stops();
    go.countDown();

    run.endsAs(RunStatus.ROLLED_BACK);
    assertThat(world.undone())
        .containsExactly("undo/production/assets", "undo/production/application");
  }
}
