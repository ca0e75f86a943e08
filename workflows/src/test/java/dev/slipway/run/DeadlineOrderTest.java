package dev.slipway.run;

import static dev.slipway.run.TestRun.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.notification.RunEvent.Kind;
import io.temporal.api.enums.v1.EventType;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An outage of the worker that spans a deadline: what came first in time counts. */
class DeadlineOrderTest {
  private final Engine engine = Engine.alone();
  private final World world = engine.world();

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void anApprovalBeforeTheDeadlineCountsAlthoughNobodyWasThereToSeeIt() {
    var run = world.start();
    run.awaitsQuestion();
    engine.passes(Duration.ofMinutes(90));
    run.awaits(state -> !told(state, Kind.ESCALATED).isEmpty());

    engine.stopWorker();
    run.approves("bea");
    engine.passesUnseen(Duration.ofHours(3));
    assertThat(run.events(EventType.EVENT_TYPE_TIMER_FIRED)).as("both deadlines").isEqualTo(2);
    engine.startWorker();

    var end = run.endsAs(RunStatus.SUCCEEDED);
    assertThat(told(end, Kind.EXPIRED)).isEmpty();
    assertThat(world.live("production")).isEqualTo(1);
    run.keeps("approved-before-outage-spanned-deadline");
  }

  @Test
  void anApprovalAfterTheDeadlineComesTooLateAlthoughNobodySawTheDeadline() {
    var run = world.start();
    var question = run.awaitsQuestion();
    engine.passes(Duration.ofMinutes(90));
    run.awaits(state -> !told(state, Kind.ESCALATED).isEmpty());

    engine.stopWorker();
    engine.passesUntil(question.expiresAt());
    await().until(() -> run.events(EventType.EVENT_TYPE_TIMER_FIRED) == 2);
    run.approves("bea");
    engine.startWorker();

    var end = run.endsAs(RunStatus.EXPIRED);
    assertThat(world.live("production")).isEqualTo(-1);
    assertThat(end.decisions()).isEmpty();
    assertThat(told(end, Kind.NOTE))
        .contains("the signal to approve does not count: nobody is asked anything now");
    run.keeps("approved-after-outage-spanned-deadline");
  }
}
