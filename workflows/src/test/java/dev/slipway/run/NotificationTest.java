package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.action.FailureType;
import dev.slipway.notification.Notification;
import dev.slipway.notification.RunEvent;
import dev.slipway.notification.RunEvent.Kind;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Webhook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is told what happened, and that nobody waits for them. */
class NotificationTest {
  /** Workflows that outlive the run that began them keep this engine's time from skipping. */
  private final Engine engine = Engine.alone();

  private final World world = engine.world();

  NotificationTest() {
    var shop = Pipelines.shop();
    world.pipeline =
        new Pipeline(
            "shop",
            shop.environments(),
            shop.stages(),
            List.of(new Webhook("http://chat"), new Webhook("http://pager")));
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void everyEventIsToldToEveryWebhookOnceWithAKeyOfItsOwn() {
    var run = world.start().approvedBy("bea");
    run.endsAs(RunStatus.SUCCEEDED);

    await().until(() -> world.notifications.size() == 12);
    assertThat(kinds("http://pager"))
        .containsExactlyInAnyOrder(
            Kind.STARTED, Kind.RELEASED, Kind.WAITING, Kind.DECIDED, Kind.RELEASED, Kind.SUCCEEDED);
    assertThat(world.notifications).extracting(Notification::key).doesNotHaveDuplicates();
    assertThat(world.notifications)
        .allMatch(notification -> World.commit(1).equals(notification.commit()));
    run.keeps("notified");
    Histories.keep(engine, "notification", "notification/" + run.id() + "/1/1");
  }

  @Test
  void aRunDoesNotWaitForASlowWebhook() {
    world.notifyWaitsFor = Optional.of(world.latch);

    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);

    assertThat(world.notifications).isEmpty();
    world.latch.countDown();
    await().until(() -> world.notifications.size() == 12);
  }

  @Test
  void aStoppedRunStillTellsWhatHappened() {
    world.notifyWaitsFor = Optional.of(world.latch);
    var run = world.start();
    run.awaitsQuestion();

    run.stops();
    run.endsAs(RunStatus.CANCELLED);
    world.latch.countDown();

    await().until(() -> kinds("http://chat").size() == 4);
    assertThat(kinds("http://chat"))
        .containsExactlyInAnyOrder(Kind.STARTED, Kind.RELEASED, Kind.WAITING, Kind.CANCELLED);
  }

  @Test
  void theRunsOfALiveReleasesWayBackTellTheSamePeople() {
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    await().until(() -> world.notifications.size() == 24);
    world.notifications.clear();

    world.rollBack("production", null).endsAs(RunStatus.SUCCEEDED);

    await().until(() -> kinds("http://pager").size() == 3);
    assertThat(kinds("http://pager"))
        .containsExactlyInAnyOrder(Kind.ROLLING_BACK, Kind.ROLLED_BACK, Kind.SUCCEEDED);
  }

  @Test
  void theEnvironmentTellsWhatCameOfARunThatDied() {
    var killed = rollsOut();

    killed.dies();
    engine.passes(Duration.ofMinutes(3));

    await().until(() -> kinds("http://pager").contains(Kind.ROLLED_BACK));
    assertThat(texts(Kind.ROLLED_BACK))
        .containsOnly(
            "run 1 ended in the middle of it; production is as it was, empty; the schema was not changed");
  }

  @Test
  void aDeadRunsUndoThatFailsIsTold() {
    world.undoFails = Optional.of(() -> World.failure(FailureType.UNHEALTHY));

    var killed = rollsOut();

    killed.dies();
    engine.passes(Duration.ofMinutes(3));

    await().until(() -> kinds("http://pager").contains(Kind.ROLLBACK_FAILED));
    assertThat(texts(Kind.ROLLBACK_FAILED))
        .containsOnly(
            "run 1 ended in the middle of it, and production could not go back: it failed."
                + " See `slipway live`, then release or roll back again");
  }

  @Test
  void anEnvironmentThatCannotBeLookedAtAfterADeathIsToldOnceAndStaysLocked() {
    var killed = rollsOut();
    world.surveyFails = Optional.of(() -> World.failure(FailureType.INFRASTRUCTURE));
    var surveys = world.surveys.get();

    killed.dies();
    engine.passes(Duration.ofMinutes(7));
    await().until(() -> world.surveys.get() >= surveys + 2);

    assertThat(texts(Kind.ROLLBACK_FAILED))
        .hasSize(2)
        .containsOnly(
            "run 1 ended in the middle of it, and production can't be looked at: it failed."
                + " It stays locked and is tried again");
    assertThat(world.guard("production").holder()).isEqualTo(1);
  }

  /** A run that is in the middle of its rollout in production. */
  private TestRun rollsOut() {
    world.steps.put(
        "production/rollout",
        request -> {
          world.deploys(request);
          return World.hangs().perform(request);
        });
    var run = world.start().approvedBy("bea");
    await().until(() -> world.runs("production") != null);
    return run;
  }

  private List<String> texts(Kind kind) {
    return world.notifications.stream()
        .map(Notification::event)
        .filter(event -> event.kind() == kind)
        .map(RunEvent::text)
        .toList();
  }

  private List<Kind> kinds(String url) {
    return world.notifications.stream()
        .filter(notification -> notification.url().equals(url))
        .map(notification -> notification.event().kind())
        .toList();
  }
}
