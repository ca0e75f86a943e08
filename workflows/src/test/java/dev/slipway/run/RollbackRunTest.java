package dev.slipway.run;

import static dev.slipway.run.TestRun.stage;
import static dev.slipway.run.TestRun.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.action.FailureType;
import dev.slipway.environment.LedgerEvent.Released;
import dev.slipway.environment.LedgerEvent.RolledBack;
import dev.slipway.environment.LedgerEvent.UndoFailed;
import dev.slipway.environment.StalenessFacts;
import dev.slipway.notification.RunEvent.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A person takes an environment back. */
class RollbackRunTest {
  private final World world = Engine.shared().world();

  @Test
  void goesToTheReleaseBeforeAndHoldsTheCommit() {
    releases(2);

    var run = world.rollBack("production", null);
    var end = run.endsAs(RunStatus.SUCCEEDED);

    assertThat(world.live("production")).isEqualTo(1);
    assertThat(world.runs("production")).isEqualTo(World.commit(1));
    assertThat(world.ledger("production").heldCommits()).containsExactly(World.commit(2));
    assertThat(world.events("production"))
        .last()
        .isInstanceOfSatisfying(RolledBack.class, back -> assertThat(back.by()).isEqualTo("ann"));
    assertThat(told(end, Kind.ROLLED_BACK)).hasSize(1);
  }

  @Test
  void twoAtOnceTakeBackOneRelease() {
    releases(3);
    var go = new CountDownLatch(1);
    world.undoWaitsFor = Optional.of(go);
    var first = world.rollBack("production", null);
    await().until(() -> !world.undone().isEmpty());
    var second = world.rollBack("production", null);
    await().until(() -> world.guard("production").waiting().size() == 1);

    go.countDown();

    first.endsAs(RunStatus.SUCCEEDED);
    assertThat(second.endsAs(RunStatus.BLOCKED).reason())
        .isEqualTo(
            "release 3 was taken back meanwhile, and production runs 2; look again: slipway live"
                + " production");
    assertThat(world.live("production")).isEqualTo(2);
    assertThat(world.ledger("production").heldCommits()).containsExactly(World.commit(3));
  }

  @Test
  void whoGoesOnToALaterReleaseHoldsNothing() {
    releases(3);
    world.rollBack("production", 1L).endsAs(RunStatus.SUCCEEDED);

    world.rollBack("production", 2L).endsAs(RunStatus.SUCCEEDED);

    assertThat(world.live("production")).isEqualTo(2);
    assertThat(world.ledger("production").heldCommits()).containsExactly(World.commit(3));
  }

  @Test
  void goesToTheReleaseThatIsNamed() {
    releases(3);

    world.rollBack("production", 1L).endsAs(RunStatus.SUCCEEDED);

    assertThat(world.live("production")).isEqualTo(1);
  }

  @Test
  void withoutAReleaseToGoBackToItSaysSoAndChangesNothing() {
    assertThat(world.rollBack("production", null).endsAs(RunStatus.BLOCKED).reason())
        .startsWith("nothing is live in ");
    releases(1);

    var end = world.rollBack("production", 7L).endsAs(RunStatus.BLOCKED);

    assertThat(end.reason()).contains("release 7 never went live");
    assertThat(world.undone()).isEmpty();
  }

  @Test
  void waitsForTheOneThatHoldsTheEnvironmentAndComesBeforeEveryDelivery() {
    releases(2);
    var go = new CountDownLatch(1);
    world.steps.put("production/rollout", World.inTurn(World.waitsFor(go), world::deploys));
    var holder = world.start().approvedBy("bea");
    await().until(() -> world.times("production/rollout") == 3);
    var delivery = queued();
    var rollback = world.rollBack("production", null);
    await().until(() -> world.guard("production").waiting().contains(5L));
    assertThat(world.undone()).isEmpty();

    go.countDown();

    holder.endsAs(RunStatus.SUCCEEDED);
    rollback.endsAs(RunStatus.SUCCEEDED);
    delivery.endsAs(RunStatus.SUCCEEDED);
    assertThat(world.events("production"))
        .as("the delivery came first and yet went last")
        .hasExactlyElementsOfTypes(
            Released.class, Released.class, Released.class, RolledBack.class, Released.class);
  }

  @Test
  void whatWasApprovedBeforeItsCommitWasRolledBackIsRefused() {
    releases(2);
    var go = new CountDownLatch(1);
    world.undoWaitsFor = Optional.of(go);
    var rollback = world.rollBack("production", null);
    await().until(() -> world.undone().size() == 1);
    var delivery = queued();
    var bad = World.commit(2);
    world.staleness = new StalenessFacts(null, true, List.of(), List.of(bad), null, null);

    go.countDown();

    rollback.endsAs(RunStatus.SUCCEEDED);
    assertThat(delivery.endsAs(RunStatus.BLOCKED).reason())
        .contains("it contains " + bad + ", which was rolled back in production");
    assertThat(world.live("production")).isEqualTo(1);
  }

  @Test
  void aStopBeforeItBeginsChangesNothing() {
    releases(2);
    var go = new CountDownLatch(1);
    world.steps.put("production/rollout", World.waitsFor(go));
    var holder = world.start().approvedBy("bea");
    await().until(() -> world.times("production/rollout") == 3);
    var rollback = world.rollBack("production", null);
    await().until(() -> world.guard("production").waiting().contains(4L));

    rollback.stops();
    rollback.endsAs(RunStatus.CANCELLED);
    go.countDown();

    holder.endsAs(RunStatus.SUCCEEDED);
    assertThat(world.undone()).isEmpty();
  }

  @Test
  void onlyTheWayBackItselfMakesItLoudWhenItFails() {
    releases(2);
    world.undoFails = Optional.of(() -> World.failure(FailureType.UNHEALTHY));

    world.rollBack("production", null).endsAs(RunStatus.ROLLBACK_FAILED);

    assertThat(world.events("production")).last().isInstanceOf(UndoFailed.class);
    assertThat(world.live("production")).isEqualTo(2);
  }

  /** A run that was approved and waits for production. */
  private TestRun queued() {
    var run = world.start().approvedBy("bea");
    run.awaits(state -> stage(state, "production").status() == StageState.Status.QUEUED);
    return run;
  }

  private void releases(int count) {
    for (var release = 0; release < count; release++) {
      world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    }
  }
}
