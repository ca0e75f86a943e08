package dev.slipway.run;

import static dev.slipway.run.TestRun.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.action.FailureType;
import dev.slipway.environment.EnvironmentQueue;
import dev.slipway.environment.EnvironmentQueues;
import dev.slipway.notification.RunEvent.Kind;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Webhook;
import io.temporal.api.enums.v1.EventType;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where each environment has a queue of its own, only its own workers get to do with it. */
class EnvironmentQueueTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Engine engine = Engine.shared();
  private final World world = engine.world();
  private final List<WorkerFactory> workers = new CopyOnWriteArrayList<>();

  @BeforeEach
  void oneQueueEach() {
    world.queues = EnvironmentQueues.ONE_EACH;
  }

  @AfterEach
  void endWorkers() {
    workers.forEach(WorkerFactory::shutdownNow);
  }

  @Test
  void whatTouchesAnEnvironmentComesToItsOwnWorkersAndNothingElseDoes() {
    serves("staging");
    serves("production");

    var run = world.start().approvedBy("bea");
    run.endsAs(RunStatus.SUCCEEDED);

    assertThat(arrivals("staging"))
        .containsExactly(
            "environment_survey", "deploy", "environment_survey", "environment_append");
    assertThat(arrivals("production"))
        .containsExactly(
            "environment_survey",
            "environment_survey",
            "rollout",
            "health_check",
            "environment_survey",
            "environment_append");
    assertThat(world.arrivals)
        .filteredOn(arrival -> !arrival.startsWith("slipway/"))
        .containsExactly("slipway-build: run");
    run.keeps("queue-of-its-own");
  }

  @Test
  void aWayBackAndARollbackComeToThemAsWell() {
    serves("staging");
    serves("production");
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);
    world.steps.put("production/health", World.fails(FailureType.UNHEALTHY));
    world.start().approvedBy("bea").endsAs(RunStatus.ROLLED_BACK);
    world.steps.remove("production/health");
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);

    var rollback = world.rollBack("production", null);
    rollback.endsAs(RunStatus.SUCCEEDED);

    assertThat(world.live("production")).isEqualTo(1);
    assertThat(arrivals("production"))
        .contains(
            "environment_schema_standing",
            "environment_switch_assets",
            "environment_restore_application",
            "environment_choose_release");
    assertThat(world.arrivals)
        .filteredOn(arrival -> !arrival.startsWith("slipway/"))
        .containsOnly("slipway-build: run");
    rollback.keeps("rollback-run-queue-of-its-own");
  }

  @Test
  void aRunWhoseEnvironmentNobodyServesSaysSoAndEnds() {
    var run = world.start();
    awaitsSurvey(run);
    nobodyComes(SOON);
    run.awaits(state -> told(state, Kind.NOTE).contains(waits("staging")));
    nobodyComes(EnvironmentQueue.DELIVERY);

    var end = run.endsAs(RunStatus.BLOCKED);

    assertThat(end.reason())
        .isEqualTo(
            "staging: no worker serves %1$s, for 5m 30s now; start one with SLIPWAY_SERVES=%1$s"
                .formatted(world.id("staging")));
    assertThat(told(end, Kind.NOTE)).containsExactly(waits("staging"));
    assertThat(world.performed).containsExactly("build/compile");
    assertThat(world.guard("staging").holder()).isNull();
    run.keeps("nobody-serves");
  }

  @Test
  void aBuildThatNobodyServesSaysWhatItWaitsFor() {
    try (var alone = Engine.alone()) {
      alone.stopWorker();
      alone.startWorkerWithoutBuilds();
      var elsewhere = alone.world();
      elsewhere.queues = EnvironmentQueues.ONE_EACH;
      var run = elsewhere.start();
      await().until(() -> run.events(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED) == 2);

      alone.passesUnseen(SOON.minusSeconds(3));

      run.awaits(
          state ->
              told(state, Kind.NOTE)
                  .contains("waits for a free worker that serves build (SLIPWAY_SERVES=build)"));
    }
  }

  @Test
  void aWorkerThatComesLaterIsWaitedFor() {
    world.pipeline = Pipelines.stagingOnly();
    var run = world.start();
    awaitsSurvey(run);
    nobodyComes(SOON);
    var waiting = run.awaits(state -> !told(state, Kind.NOTE).isEmpty());

    serves("staging");
    var end = run.endsAs(RunStatus.SUCCEEDED);

    assertThat(waiting.reason()).isEqualTo(waits("staging"));
    assertThat(end.reason()).isEqualTo("every stage passed");
  }

  @Test
  void aWayBackWaitsLongForItsWorkerAndSaysForWhat() {
    var run = refusedWithoutAWorker();
    var waiting = run.awaits(state -> told(state, Kind.ROLLING_BACK).contains(waits("production")));
    assertThat(waiting.status()).isEqualTo(RunStatus.ROLLING_BACK);
    assertThat(waiting.reason()).isEqualTo("bea said no: too slow; " + waits("production"));
    nobodyComes(Duration.ofHours(3));
    assertThat(run.state().status()).isEqualTo(RunStatus.ROLLING_BACK);

    serves("production");
    var end = run.endsAs(RunStatus.REJECTED);

    assertThat(end.reason()).isEqualTo("bea said no: too slow");
    assertThat(world.runs("production")).isNull();
    run.keeps("way-back-waits-for-its-worker");
  }

  @Test
  void whatNobodyCouldTakeBackNorRecordIsTakenBackByTheGuardWhenAWorkerComes() {
    var run = refusedWithoutAWorker();
    run.awaits(state -> told(state, Kind.ROLLING_BACK).contains(waits("production")));
    nobodyComes(EnvironmentQueue.WAY_BACK);

    var end = run.endsAs(RunStatus.ROLLBACK_FAILED);
    assertThat(end.reason())
        .startsWith("the way back in production broke off: no worker serves")
        .endsWith("it stays locked until that has been recovered");
    assertThat(world.guard("production").holder()).isEqualTo(1);
    assertThat(world.runs("production")).isNotNull();
    run.keeps("left-to-guard");

    serves("production");
    world.pipeline = Pipelines.shop();
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);

    assertThat(world.events("production"))
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("Undone", "Released");
  }

  @Test
  void thatAKilledRunsLeftoversWaitForAWorkerIsToldOnce() {
    serves("staging");
    var worker = serves("production");
    var plan = Pipelines.shop(Pipelines.asksAfterwards());
    world.pipeline =
        new Pipeline(
            "shop", plan.environments(), plan.stages(), List.of(new Webhook("http://chat")));
    var killed = world.start();
    killed.awaitsQuestion();
    worker.shutdownNow();
    await().until(worker::isTerminated);
    killed.stub().terminate("killed by a test");
    engine.passes(Duration.ofMinutes(3));
    await().until(() -> world.guard("production").recovering() != null);
    nobodyComes(SOON);

    await().until(() -> !guardTold().isEmpty());
    serves("production");
    world.pipeline = Pipelines.shop();
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);

    assertThat(guardTold())
        .containsExactly(
            "run 1 ended in the middle of it, and production %s. It stays locked meanwhile"
                .formatted(waits("production")));
  }

  /** A run that is to go back in production, whose worker has gone meanwhile. */
  private TestRun refusedWithoutAWorker() {
    serves("staging");
    var worker = serves("production");
    world.pipeline = Pipelines.shop(Pipelines.asksAfterwards());
    var run = world.start();
    run.awaitsQuestion();
    worker.shutdownNow();
    await().until(worker::isTerminated);
    run.rejects("bea", "too slow");
    run.awaits(state -> state.status() == RunStatus.ROLLING_BACK);
    nobodyComes(SOON);
    return run;
  }

  private List<String> guardTold() {
    return world.notifications.stream()
        .map(notification -> notification.event())
        .filter(event -> event.kind() == Kind.ROLLING_BACK)
        .map(event -> event.text())
        .toList();
  }

  @Test
  void whatAKilledRunLeftIsTakenBackByTheEnvironmentsOwnWorker() {
    serves("staging");
    serves("production");
    world.steps.put("production/rollout", world.hangsWhenItHasDeployed());
    var killed = world.start().approvedBy("bea");
    await().until(() -> world.runs("production") != null);

    killed.dies();
    world.start().approvedBy("bea").endsAs(RunStatus.SUCCEEDED);

    assertThat(arrivals("production")).contains("environment_restore_application");
    assertThat(world.arrivals)
        .filteredOn(arrival -> !arrival.startsWith("slipway/"))
        .containsOnly("slipway-build: run");
    Histories.keep(engine, "environment-recovered-by-its-own", world.id("production").workflowId());
  }

  /** The third activity after the run's preparation and its build. */
  private static void awaitsSurvey(TestRun run) {
    await().until(() -> run.events(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED) == 3);
  }

  /**
   * Lets time pass while an activity waits, and its last seconds by themselves: the engine must not
   * skip the moment in which it gives the activity up.
   */
  private void nobodyComes(Duration time) {
    engine.passesUnseen(time.minusSeconds(3));
  }

  private WorkerFactory serves(String environment) {
    var worker = engine.serves(world.id(environment));
    workers.add(worker);
    return worker;
  }

  private String waits(String environment) {
    return "waits for a worker that serves %1$s (SLIPWAY_SERVES=%1$s)"
        .formatted(world.id(environment));
  }

  private List<String> arrivals(String environment) {
    var queue = "slipway/" + world.id(environment).path() + ": ";
    return world.arrivals.stream()
        .filter(arrival -> arrival.startsWith(queue))
        .map(arrival -> arrival.substring(queue.length()))
        .toList();
  }
}
