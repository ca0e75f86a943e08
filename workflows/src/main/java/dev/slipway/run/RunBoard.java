package dev.slipway.run;

import dev.slipway.approval.Decision;
import dev.slipway.approval.Question;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Webhook;
import dev.slipway.run.RunActivities.Notification;
import dev.slipway.run.RunState.RunEvent;
import dev.slipway.source.SourceRef;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a run stands, and who is told of it. Only workflow code touches it. */
final class RunBoard {
  private static final int MOST_EVENTS = 200;

  private final RunInput input;
  private final Instant startedAt = now();
  private final List<StageBoard> stages = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final List<RunEvent> events = new ArrayList<>();
  private final List<Promise<WorkflowExecution>> deliveries = new ArrayList<>();
  private List<Webhook> webhooks = List.of();
  private List<String> problems = List.of();
  private RunStatus status = RunStatus.RUNNING;
  private int told;
  private @Nullable String reason;
  private @Nullable SourceRef source;
  private @Nullable Instant endedAt;
  private @Nullable Question question;

  RunBoard(RunInput input) {
    this.input = input;
  }

  RunId id() {
    return input.id();
  }

  String startedBy() {
    return input.by();
  }

  RunState state() {
    return new RunState(
        input.id(),
        input.kind(),
        input.by(),
        status,
        reason,
        problems,
        source,
        startedAt,
        endedAt,
        stages.stream().map(StageBoard::state).toList(),
        question,
        List.copyOf(decisions),
        List.copyOf(events));
  }

  void prepared(@Nullable SourceRef commit, List<String> found) {
    source = commit;
    problems = List.copyOf(found);
  }

  void plans(Pipeline pipeline) {
    webhooks = pipeline.webhooks();
    pipeline.stages().forEach(stage -> stages.add(new StageBoard(stage)));
  }

  StageBoard adds(StageBoard stage) {
    stages.add(stage);
    return stage;
  }

  List<StageBoard> stages() {
    return stages;
  }

  SourceRef source() {
    if (source == null) {
      throw new IllegalStateException("the commit is not in the store yet");
    }
    return source;
  }

  List<Decision> decisions() {
    return decisions;
  }

  void asks(@Nullable Question open) {
    question = open;
    status = open == null ? RunStatus.RUNNING : RunStatus.WAITING;
    shows();
  }

  void decided(Decision decision) {
    decisions.add(decision);
  }

  void is(RunStatus now, @Nullable String why) {
    status = now;
    reason = why;
    if (now.isOutcome()) {
      endedAt = now();
    }
    shows();
  }

  /** Tells people something, through every webhook as well. */
  void tells(RunEvent.Kind kind, String text) {
    var event = new RunEvent(now(), kind, text);
    if (events.size() == MOST_EVENTS) {
      events.removeFirst();
    }
    events.add(event);
    shows();
    told++;
    for (var at = 0; at < webhooks.size(); at++) {
      if (kind != RunEvent.Kind.NOTE) {
        deliver(event, webhooks.get(at), "%s/%d/%d".formatted(id(), told, at + 1));
      }
    }
  }

  /** Waits until every notification's own workflow has begun, so that the run may close. */
  void awaitsDeliveries() {
    for (var delivery : deliveries) {
      delivery.get();
    }
  }

  private void deliver(RunEvent event, Webhook webhook, String key) {
    var child =
        Workflow.newChildWorkflowStub(
            NotificationWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId("notification/" + key)
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .build());
    var commit = source == null ? null : source.commit();
    var started =
        Async.procedure(child::deliver, new Notification(key, webhook.url(), id(), commit, event));
    deliveries.add(Workflow.getWorkflowExecution(child));
    // What becomes of it is shown in its own workflow; the run does not wait for it.
    started.handle((done, failure) -> null);
  }

  /** Shows the run in the Temporal Web UI. */
  void shows() {
    Workflow.setCurrentDetails(RunMarkdown.of(state()));
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
