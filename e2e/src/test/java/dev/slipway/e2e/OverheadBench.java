package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.Figures;
import dev.slipway.bench.Row;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a run of twelve steps takes longer than a bare workflow with the same twelve activities, on
 * the same engine, from the engine's own times. The activities do nothing, in a worker of others.
 */
final class OverheadBench {
  private static final int STEPS = 12;
  private static final int ROUNDS = 9;
  private static final String QUEUE = "bench";

  @TempDir private Path folder;

  /** Does nothing, and answers as a step does. */
  @ActivityInterface
  public interface Nothing {
    @ActivityMethod(name = "nothing")
    Map<String, Object> nothing(Object request);
  }

  /** Twelve activities and nothing else. */
  @WorkflowInterface
  public interface Bare {
    @WorkflowMethod(name = "Bare")
    void run();
  }

  /** What one would write without us. */
  public static final class BareImpl implements Bare {
    private final Nothing activities =
        Workflow.newActivityStub(
            Nothing.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build());

    @Override
    public void run() {
      for (var step = 0; step < STEPS; step++) {
        activities.nothing(Map.of());
      }
    }
  }

  @Test
  void twelveSteps() throws Exception {
    var repository = new Repository(Files.createDirectories(folder.resolve("app")));
    repository.write(
        "slipway.yaml",
        "application: bench\nstages:\n- name: all\n  steps:\n"
            + IntStream.range(0, STEPS)
                .mapToObj("  - {name: s%d, action: nothing, queue: bench}\n"::formatted)
                .collect(Collectors.joining()));
    repository.begin();
    var ours = new ArrayList<Double>();
    var theirs = new ArrayList<Double>();
    try (var slipway = Slipway.on(Slipway.Engine.DEVELOPMENT_SERVER)) {
      slipway.must(repository.folder(), "server", "start");
      var stubs =
          WorkflowServiceStubs.newServiceStubs(
              WorkflowServiceStubsOptions.newBuilder()
                  .setTarget(
                      slipway
                          .json(repository.folder(), "server", "status")
                          .path("address")
                          .asText())
                  .build());
      var client = WorkflowClient.newInstance(stubs);
      var factory = WorkerFactory.newInstance(client);
      var worker = factory.newWorker(QUEUE);
      worker.registerWorkflowImplementationTypes(BareImpl.class);
      worker.registerActivitiesImplementations(
          (Nothing)
              _ ->
                  Map.of(
                      "evidence", List.of(),
                      "artifacts", List.of(),
                      "outputs", Map.of(),
                      "summary", "nothing"));
      factory.start();
      try {
        for (var round = 0; round <= ROUNDS; round++) {
          slipway.must(repository.folder(), "run");
          var run = seconds(client.newUntypedWorkflowStub("run/bench/" + (round + 1)));
          var bare = seconds(bare(client, round));
          if (round > 0) {
            ours.add(run);
            theirs.add(bare);
          }
        }
      } finally {
        factory.shutdownNow();
        stubs.shutdownNow();
      }
    }
    new Row(
            "overhead",
            "run of 12 steps",
            new Figures(ours),
            "bare workflow",
            new Figures(theirs),
            "s",
            new Row.Limit.Times(1.10))
        .keep();
  }

  private static WorkflowStub bare(WorkflowClient client, int round) {
    var stub =
        client.newUntypedWorkflowStub(
            "Bare",
            WorkflowOptions.newBuilder()
                .setWorkflowId("bare/" + round)
                .setTaskQueue(QUEUE)
                .build());
    stub.start();
    var _ = stub.getResult(Void.class);
    return stub;
  }

  private static double seconds(WorkflowStub stub) {
    var seen = stub.describe();
    assertThat(seen.getCloseTime()).isNotNull();
    return Duration.between(
                Objects.requireNonNull(seen.getExecutionTime()),
                Objects.requireNonNull(seen.getCloseTime()))
            .toNanos()
        / 1e9;
  }
}
