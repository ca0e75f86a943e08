package dev.slipway.run;

import static dev.slipway.run.TestRun.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.environment.LedgerEvent.Discredited;
import dev.slipway.environment.LedgerEvent.RolledBack;
import dev.slipway.notification.RunEvent.Kind;
import dev.slipway.pipeline.ApprovalPolicy;
import dev.slipway.pipeline.ApprovalPolicy.OnExpire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What happens when nobody answers for two hours. */
class ExpiryTest {
  private final World world = Engine.shared().world();

  @Test
  void stagingGoesBackToItsEarlierRelease() {
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);

    var run = world.start();
    var end = run.endsAs(RunStatus.EXPIRED);

    assertThat(Duration.between(end.startedAt(), end.endedAt()))
        .isBetween(Duration.ofHours(2), Duration.ofHours(2).plusMinutes(2));
    assertThat(world.live("staging")).isEqualTo(1);
    assertThat(world.runs("staging")).isEqualTo(World.commit(1));
    assertThat(world.runs("production")).isEqualTo(World.commit(1));
    assertThat(world.events("staging"))
        .contains(new Discredited(2, 2, "expired"))
        .last()
        .isInstanceOfSatisfying(
            RolledBack.class,
            back -> {
              assertThat(back.from()).isEqualTo(2);
              assertThat(back.to()).isEqualTo(1);
              assertThat(back.held()).isFalse();
            });
    for (var once : List.of(Kind.ESCALATED, Kind.EXPIRED, Kind.ROLLING_BACK, Kind.ROLLED_BACK)) {
      assertThat(told(end, once)).as(once.name()).hasSize(1);
    }
    assertThat(told(end, Kind.ROLLED_BACK).getFirst()).startsWith("staging runs release 1 again");
    run.keeps("expired-staging-back");
  }

  @Test
  void withoutAnEarlierReleaseStagingKeepsWhatItRuns() {
    var run = world.start();

    var end = run.endsAs(RunStatus.EXPIRED);

    assertThat(world.live("staging")).isEqualTo(1);
    assertThat(world.undone()).isEmpty();
    assertThat(told(end, Kind.NOTE))
        .containsExactly("staging keeps what it runs: it has no earlier release to go back to");
    run.keeps("expired-first-release");
  }

  @Test
  void stagingThatHasMovedOnKeepsWhatItRuns() {
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    var asked = world.start();
    asked.awaitsQuestion();
    world.pipeline = Pipelines.stagingOnly();
    world.start().endsAs(RunStatus.SUCCEEDED);

    var end = asked.endsAs(RunStatus.EXPIRED);

    assertThat(world.live("staging")).isEqualTo(3);
    assertThat(world.runs("staging")).isEqualTo(World.commit(3));
    assertThat(told(end, Kind.NOTE))
        .containsExactly("staging keeps what it runs: it has moved on to release 3");
    asked.keeps("expired-staging-moved-on");
  }

  @Test
  void aPipelineMayAskThatStagingIsKept() {
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    world.pipeline =
        Pipelines.shop(
            Pipelines.asks(
                new ApprovalPolicy(
                    List.of(),
                    1,
                    false,
                    Duration.ofMinutes(30),
                    List.of(),
                    Duration.ofHours(2),
                    OnExpire.KEEP)));

    var end = world.start().endsAs(RunStatus.EXPIRED);

    assertThat(world.live("staging")).isEqualTo(2);
    assertThat(told(end, Kind.NOTE))
        .containsExactly("staging keeps what it runs: as the pipeline asks");
  }

  @Test
  void whatExpiredIsNoWayBackForLaterReleases() {
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    world.start().endsAs(RunStatus.EXPIRED);

    world.start().endsAs(RunStatus.EXPIRED);

    assertThat(world.live("staging")).isEqualTo(1);
  }

  @Test
  void stagingThatCanNotGoBackIsALoudEndOfItsOwn() {
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    world.undoFails = Optional.of(() -> World.failure(dev.slipway.action.FailureType.UNHEALTHY));

    var end = world.start().endsAs(RunStatus.ROLLBACK_FAILED);

    assertThat(end.reason())
        .isEqualTo("nobody decided within 2h; staging could not go back: it failed");
    assertThat(world.ledger("staging").isDamaged()).isTrue();
  }

  @Test
  void aStageWithoutAnEnvironmentThatNobodyAnswersForTakesStagingBackToo() {
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    world.pipeline =
        Pipelines.stagingThen(
            Pipelines.stage(
                "announce", List.of("staging"), null, Pipelines.asks(ApprovalPolicy.DEFAULT)));

    world.start().endsAs(RunStatus.EXPIRED);

    assertThat(world.live("staging")).isEqualTo(1);
  }
}
