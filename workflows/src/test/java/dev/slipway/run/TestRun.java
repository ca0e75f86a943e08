package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.approval.Decision.Answer;
import dev.slipway.approval.DecisionRequest;
import dev.slipway.approval.Question;
import dev.slipway.notification.RunEvent;
import dev.slipway.pipeline.RunId;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A run under test. */
record TestRun(Engine engine, RunId id, WorkflowStub stub) {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  RunState state() {
    return stub.query("state", RunState.class);
  }

  /** Waits without letting the run's time pass. */
  RunState awaits(Predicate<RunState> condition) {
    return await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(this::state, condition);
  }

  Question awaitsQuestion() {
    return Objects.requireNonNull(awaits(state -> state.question() != null).question());
  }

  /**
   * Waits for the end as long as it takes in the run's time. The engine closes what was stopped as
   * cancelled and without a result, whatever became of it: its state says that.
   */
  RunState ends() {
    try {
      return stub.getResult(RunState.class);
    } catch (WorkflowFailedException stopped) {
      assertThat(stopped).hasCauseInstanceOf(CanceledFailure.class);
      return state();
    }
  }

  RunState endsAs(RunStatus status) {
    var end = ends();
    assertThat(end.status()).as(end.reason()).isEqualTo(status);
    assertThat(end.endedAt()).isNotNull();
    assertThat(end.question()).isNull();
    assertThat(end.stages())
        .extracting(StageState::status)
        .as("no stage waits or runs in a run that has ended")
        .doesNotContain(
            StageState.Status.WAITING, StageState.Status.QUEUED, StageState.Status.RUNNING);
    assertThat(engine.world(id.application()).records).contains(end);
    return end;
  }

  void approves(String by) {
    stub.signal("approve", new DecisionRequest(null, by, null, null));
  }

  void rejects(String by, String comment) {
    stub.signal("reject", new DecisionRequest(null, by, comment, null));
  }

  RunState decides(Answer answer, String by) {
    return stub.update("decide", RunState.class, new DecisionRequest(answer, by, null, null));
  }

  void pauses(String by, @Nullable String comment) {
    stub.update("pause", RunState.class, new DecisionRequest(null, by, comment, null));
  }

  TestRun approvedBy(String by) {
    awaitsQuestion();
    approves(by);
    return this;
  }

  void stops() {
    stub.cancel();
  }

  /** Ends without a last word while it performs one activity. */
  void dies() {
    stub.terminate("killed by a test");
    engine.forgetsActivity();
  }

  boolean isOpen() {
    return stub.describe().getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  static List<String> told(RunState state, RunEvent.Kind kind) {
    return state.events().stream()
        .filter(event -> event.kind() == kind)
        .map(RunEvent::text)
        .toList();
  }

  static StageState stage(RunState state, String name) {
    return state.stages().stream()
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  int events() {
    return engine.client().fetchHistory(id.workflowId()).getEvents().size();
  }

  long events(EventType type) {
    return engine.client().fetchHistory(id.workflowId()).getEvents().stream()
        .filter(event -> event.getEventType() == type)
        .count();
  }

  /** Keeps the history for {@code ReplayTest}, when histories are recorded. */
  TestRun keeps(String name) {
    Histories.keep(engine, name, id.workflowId());
    return this;
  }
}
