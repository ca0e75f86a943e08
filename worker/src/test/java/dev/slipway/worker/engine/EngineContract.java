package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.activities.duty.Duties;
import dev.slipway.activities.home.Home;
import dev.slipway.json.Payloads;
import dev.slipway.run.PipelineWorkflow;
import dev.slipway.run.SearchAttributes;
import dev.slipway.worker.Hosted;
import dev.slipway.worker.WorkerSettings;
import dev.slipway.worker.Workers;
import dev.slipway.worker.engine.CounterWorkflow.Counter;
import dev.slipway.worker.engine.CounterWorkflow.DoublingActivity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every engine does for us, whichever it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class EngineContract {
  private static final Hosted COUNTING =
      new Hosted(List.of(Counter.class), List.of(new DoublingActivity()), List.of(), List.of());

  @TempDir static Path folder;

  private final List<AutoCloseable> opened = new ArrayList<>();
  Engine engine;
  EngineConnection connection;
  private WorkflowClient client;
  private Workers workers;

  /** Starts the engine with its data in this home. */
  abstract Engine open(Home home) throws EngineFailedException, InterruptedException;

  @BeforeAll
  void openEngine() throws EngineFailedException, InterruptedException {
    engine = open(Home.at(folder));
    opened.add(engine);
    connection = EngineConnection.open(engine);
    opened.add(connection);
    client =
        WorkflowClient.newInstance(
            connection.stubs(),
            WorkflowClientOptions.newBuilder()
                .setNamespace(engine.namespace())
                .setDataConverter(Payloads.converter())
                .build());
  }

  @BeforeEach
  void startWorkers() {
    workers = newWorkers();
  }

  @AfterEach
  void endWorkers() {
    workers.close();
  }

  @AfterAll
  void closeEngine() throws Exception {
    for (var closeable : opened.reversed()) {
      closeable.close();
    }
  }

  private Workers newWorkers() {
    return Workers.start(
        client,
        engine,
        COUNTING,
        new WorkerSettings(Home.at(folder), Duties.ALL, 1, Duration.ofSeconds(2)));
  }

  CounterWorkflow start(String id) {
    var counter = stub(id);
    WorkflowClient.start(counter::countTo, 10, connection.description().searchAttributes());
    return counter;
  }

  private CounterWorkflow stub(String id) {
    return client.newWorkflowStub(
        CounterWorkflow.class,
        WorkflowOptions.newBuilder()
            .setWorkflowId(id)
            .setTaskQueue(PipelineWorkflow.TASK_QUEUE)
            .build());
  }

  static int result(CounterWorkflow counter) throws Exception {
    return WorkflowStub.fromTyped(counter).getResult(20, TimeUnit.SECONDS, Integer.class);
  }

  @Test
  void signalsReachAWorkflowAndItsActivityAnswers() throws Exception {
    var counter = start("signalled");

    counter.add(4);
    counter.add(6);

    assertThat(result(counter)).isEqualTo(20);
  }

  @Test
  void queriesTellTheStateOfAnOpenAndOfAClosedWorkflow() throws Exception {
    var counter = start("queried");

    counter.add(3);
    await().untilAsserted(() -> assertThat(counter.count()).isEqualTo(3));
    counter.add(7);
    result(counter);

    assertThat(counter.count()).isEqualTo(10);
  }

  @Test
  void updatesAnswerAndARefusedOneSaysWhy() throws Exception {
    var counter = start("updated");

    assertThat(counter.addNow(2)).isEqualTo(2);
    assertThatThrownBy(() -> counter.addNow(-1))
        .isInstanceOf(WorkflowUpdateException.class)
        .hasStackTraceContaining("only upwards");
    assertThat(counter.addNow(8)).isEqualTo(10);

    assertThat(result(counter)).isEqualTo(20);
  }

  @Test
  void aRestartedWorkerGoesOnWhereTheOldOneEnded() throws Exception {
    var counter = start("handed-over");
    counter.add(5);
    await().untilAsserted(() -> assertThat(counter.count()).isEqualTo(5));

    workers.close();
    counter.add(5);
    workers = newWorkers();

    assertThat(result(counter)).isEqualTo(20);
  }

  @Test
  void aWorkflowOfTheSameIdIsNotStartedTwice() {
    start("single");

    assertThatThrownBy(() -> start("single"))
        .isInstanceOf(io.temporal.client.WorkflowExecutionAlreadyStarted.class);
  }

  @Test
  void searchAttributesAreSetWhereTheEngineKnowsThem() {
    start("attributed");

    await()
        .untilAsserted(
            () -> {
              var described = client.newUntypedWorkflowStub("attributed").describe();
              assertThat(described.getTypedSearchAttributes().get(SearchAttributes.APPLICATION))
                  .isEqualTo(connection.description().searchAttributes() ? "counter" : null);
            });
  }
}
