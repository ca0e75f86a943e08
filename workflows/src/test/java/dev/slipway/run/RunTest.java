package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.approval.DecisionRequest;
import dev.slipway.environment.EnvironmentWorkflowImpl;
import dev.slipway.json.Payloads;
import dev.slipway.step.StepFailure;
import dev.slipway.step.StepOutcome;
import dev.slipway.step.StepRequest;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunTest {
  private TestWorkflowEnvironment temporal;
  private World world;

  @BeforeEach
  void start() {
    temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .build());
    world = new World(temporal.getWorkflowClient(), Pipelines.shop());
    var worker = temporal.newWorker(PipelineWorkflow.TASK_QUEUE);
    worker.registerWorkflowImplementationTypes(
        PipelineWorkflowImpl.class, EnvironmentWorkflowImpl.class, NotificationWorkflowImpl.class);
    worker.registerActivitiesImplementations(world, world.stepWorker());
    temporal
        .newWorker(PipelineWorkflow.BUILD_QUEUE)
        .registerActivitiesImplementations(world.stepWorker());
    world.steps.put("staging/deploy", world::deploys);
    world.steps.put("production/rollout", world::deploys);
    temporal.start();
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  @Test
  void approvedRunReleasesToEveryEnvironment() {
    var run = start(1);
    approveWhenAsked(run);

    var end = run.getResult(RunState.class);

    assertThat(end.status()).as(end.reason()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.live()).containsEntry("staging", 1L).containsEntry("production", 1L);
    assertThat(world.ledger("production").live().orElseThrow().decisions())
        .singleElement()
        .satisfies(decision -> assertThat(decision.by()).isEqualTo("bea"));
    assertThat(world.records).singleElement().isEqualTo(end);
  }

  @Test
  void unhealthyReleaseIsTakenBack() {
    world.steps.put("production/health", fails(FailureType.UNHEALTHY));
    var run = start(1);
    approveWhenAsked(run);

    var end = run.getResult(RunState.class);

    assertThat(end.status()).as(end.reason()).isEqualTo(RunStatus.ROLLED_BACK);
    assertThat(world.performed)
        .endsWith("production/health", "undo/assets/production", "undo/application/production");
    assertThat(world.live()).doesNotContainKey("production");
    assertThat(world.ledger("production").heldCommits()).containsExactly(commit(1));
  }

  @Test
  void expiredApprovalRollsStagingBack() {
    approveWhenAsked(start(1));
    temporal.getWorkflowClient().newUntypedWorkflowStub("run/shop/1").getResult(RunState.class);

    var end = start(2).getResult(RunState.class);

    assertThat(end.status()).as(end.reason()).isEqualTo(RunStatus.EXPIRED);
    assertThat(world.live()).containsEntry("staging", 1L).containsEntry("production", 1L);
    assertThat(end.events())
        .extracting(RunState.RunEvent::kind)
        .contains(RunState.RunEvent.Kind.ESCALATED, RunState.RunEvent.Kind.EXPIRED);
  }

  private WorkflowStub start(long number) {
    var stub =
        temporal
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "Pipeline",
                WorkflowOptions.newBuilder()
                    .setWorkflowId("run/shop/" + number)
                    .setTaskQueue(PipelineWorkflow.TASK_QUEUE)
                    .build());
    stub.start(
        new RunInput(
            new RunId("shop", number),
            new RunInput.Deliver("shop", commit(number), "slipway.yaml"),
            "ann"));
    return stub;
  }

  private void approveWhenAsked(WorkflowStub run) {
    temporal.registerDelayedCallback(
        Duration.ofMinutes(1),
        () -> run.signal("approve", new DecisionRequest(null, "bea", null, null)));
  }

  private static String commit(long number) {
    return "%040d".formatted(number);
  }

  private static Function<StepRequest, StepOutcome> fails(FailureType type) {
    return request -> {
      throw ApplicationFailure.newNonRetryableFailure(
          "it failed", type.name(), StepFailure.of(type, "it failed", "mend it"));
    };
  }
}
