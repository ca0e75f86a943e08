package dev.slipway.activities.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.slipway.action.FailureType;
import dev.slipway.activities.TestEngines;
import dev.slipway.activities.duty.Duties;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.step.EnvironmentGrant;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepFailure;
import dev.slipway.step.StepKey;
import dev.slipway.step.StepOutcome;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StepRunnerTest {
  private static final WorkerOptions HEARS_OF_A_STOP_AT_ONCE =
      WorkerOptions.newBuilder().setMaxHeartbeatThrottleInterval(Duration.ofMillis(200)).build();

  private static final String QUEUE = "steps";

  @TempDir private Path folder;
  private ActionTestKit kit;
  private TestWorkflowEnvironment engine;
  private final List<WorkerFactory> factories = new ArrayList<>();

  @BeforeEach
  void engine() {
    kit = ActionTestKit.in(folder);
    engine = TestWorkflowEnvironment.newInstance(TestEngines.options());
    engine
        .newWorker(QUEUE, HEARS_OF_A_STOP_AT_ONCE)
        .registerWorkflowImplementationTypes(StepCaller.Impl.class, AnythingCaller.Impl.class);
    engine.start();
  }

  @AfterEach
  void closeEngine() {
    factories.forEach(WorkerFactory::shutdownNow);
    engine.close();
  }

  @Test
  void anActionIsAnActivityOfItsName() {
    worker(FakeAction.of(step -> StepOutcome.of("did " + step.params().required("what"))));
    kit.params("{'what': 'it'}");

    assertThat(call("fake").getResult(StepOutcome.class).summary()).isEqualTo("did it");
  }

  @Test
  void aFailureArrivesWithItsTypeAndDetail() {
    var times = new AtomicInteger();
    worker(
        FakeAction.of(
            step -> {
              times.incrementAndGet();
              step.log().line("the test `a` failed");
              throw new StepFailedException(FailureType.TESTS_FAILED, "1 failed", "mend it");
            }));

    var failure = failure(call("fake"));

    assertThat(failure.getType()).isEqualTo("TESTS_FAILED");
    assertThat(failure.isNonRetryable()).isTrue();
    var detail = failure.getDetails().get(0, StepFailure.class);
    assertThat(detail.happened()).isEqualTo("1 failed");
    assertThat(detail.lastLines()).endsWith("the test `a` failed");
    assertThat(detail.log()).isNotNull();
    assertThat(times).hasValue(1);
  }

  @Test
  void anUnknownActionIsSaidSo() {
    worker(FakeAction.of(step -> StepOutcome.of("")));

    var failure = failure(call("fkae"));

    assertThat(failure.getType()).isEqualTo("CONFIGURATION");
    assertThat(failure.getOriginalMessage()).contains("no action `fkae`", "did you mean `fake`?");
  }

  @Test
  void aRequestThatCannotBeReadIsSaidSo() {
    worker(FakeAction.of(step -> StepOutcome.of("")));
    for (var request : List.of("text", List.of(1), Map.of("key", 1), Map.of())) {
      var stub = stub("StepCallerOfAnything");
      stub.start("fake", request);

      assertThat(failure(stub).getType()).isEqualTo("CONFIGURATION");
    }
  }

  @Test
  void aCancelledStepHasStoppedWhenItsRunGoesOn() {
    var stopped = new AtomicInteger();
    worker(
        FakeAction.of(
            step -> {
              step.log().line("begun");
              try {
                TimeUnit.MINUTES.sleep(5);
              } catch (InterruptedException e) {
                TimeUnit.MILLISECONDS.sleep(300);
                stopped.set(1);
                throw e;
              }
              return StepOutcome.of("never");
            }));
    var run = call("fake");
    await().atMost(Duration.ofSeconds(60)).until(() -> kit.log().contains("begun"));

    run.signal("cancel");

    assertThat(rootOf(run)).isInstanceOf(CanceledFailure.class);
    assertThat(stopped).hasValue(1);
  }

  @Test
  void anotherWorkerGoesOnWhenOneStops() {
    var first = factory();
    worker(first, FakeAction.of(step -> sleep(step, "first")));
    var run = call("fake");
    await().atMost(Duration.ofSeconds(60)).until(() -> kit.log().contains("first"));

    first.shutdownNow();
    worker(factory(), FakeAction.of(step -> StepOutcome.of("second")));

    assertThat(run.getResult(StepOutcome.class).summary()).isEqualTo("second");
    assertThat(kit.log()).contains("stopping: the worker stops");
  }

  @Test
  void aWorkerOfAnEnvironmentPerformsStepsForNoOther() {
    worker(
        factory(),
        Duties.of(Map.of("SLIPWAY_SERVES", "app/production")),
        FakeAction.deploying(step -> StepOutcome.of("deployed")));

    kit.environment(grant("production"));
    assertThat(call("fake").getResult(StepOutcome.class).summary()).isEqualTo("deployed");
    kit.nextRound().environment(grant("staging"));
    assertRefused("does not serve app/staging");
    kit.key(new StepKey("blog", 1, "production", "rollout", 1)).environment(grant("production"));
    assertRefused("does not serve blog/production");
  }

  @Test
  void aWorkerOfAnEnvironmentRunsNoCommitAsItsUser() {
    worker(
        factory(),
        Duties.of(Map.of("SLIPWAY_SERVES", "app/production")),
        FakeAction.deploying(step -> StepOutcome.of("read the credentials")));
    kit.environment(grant("production", EnvironmentSpec.Target.LOCAL));

    assertRefused("does not serve builds, and so not `target: local`");
  }

  @Test
  void aWorkerOfAnEnvironmentRunsNoCommitsCode() {
    worker(
        factory(),
        Duties.of(Map.of("SLIPWAY_SERVES", "app/production")),
        FakeAction.of(step -> StepOutcome.of("read the credentials")));
    kit.environment(grant("production"));

    assertRefused("does not serve builds, and so not `fake`");
  }

  private void assertRefused(String why) {
    var refusal = failure(call("fake"));
    assertThat(refusal.getType()).isEqualTo("CONFIGURATION");
    assertThat(refusal.isNonRetryable()).isTrue();
    assertThat(refusal.getOriginalMessage()).contains(why);
  }

  private static EnvironmentGrant grant(String environment) {
    return grant(environment, EnvironmentSpec.Target.KUBERNETES);
  }

  private static EnvironmentGrant grant(String environment, EnvironmentSpec.Target target) {
    return new EnvironmentGrant(
        new EnvironmentSpec(environment, target, null, null, null, null, false, null),
        1,
        EnvironmentState.EMPTY,
        1,
        null,
        null);
  }

  private static StepOutcome sleep(StepContext step, String who) throws InterruptedException {
    step.log().line(who);
    TimeUnit.MINUTES.sleep(5);
    return StepOutcome.of("never");
  }

  private WorkerFactory factory() {
    return WorkerFactory.newInstance(engine.getWorkflowClient());
  }

  private void worker(Action action) {
    worker(factory(), action);
  }

  private void worker(WorkerFactory factory, Action action) {
    worker(factory, Duties.ALL, action);
  }

  private void worker(WorkerFactory factory, Duties duties, Action action) {
    factory
        .newWorker(QUEUE, HEARS_OF_A_STOP_AT_ONCE)
        .registerActivitiesImplementations(
            new StepRunner(duties, new Actions(List.of(action)), kit.performer()));
    factory.start();
    factories.add(factory);
  }

  private WorkflowStub call(String action) {
    var stub = stub("StepCaller");
    stub.start(action, kit.request());
    return stub;
  }

  private WorkflowStub stub(String type) {
    return engine
        .getWorkflowClient()
        .newUntypedWorkflowStub(type, WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
  }

  private static ApplicationFailure failure(WorkflowStub run) {
    return (ApplicationFailure) rootOf(run);
  }

  private static Throwable rootOf(WorkflowStub run) {
    var thrown = Objects.requireNonNull(catchThrowable(() -> run.getResult(StepOutcome.class)));
    while (thrown.getCause() != null) {
      thrown = thrown.getCause();
    }
    return thrown;
  }
}
