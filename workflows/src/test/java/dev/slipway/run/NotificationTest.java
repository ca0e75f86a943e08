package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Webhook;
import dev.slipway.run.RunActivities.Notification;
import dev.slipway.run.RunState.RunEvent.Kind;
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

  private List<Kind> kinds(String url) {
    return world.notifications.stream()
        .filter(notification -> notification.url().equals(url))
        .map(notification -> notification.event().kind())
        .toList();
  }
}
