package dev.slipway.run;

import dev.slipway.approval.ApprovalDesk;
import dev.slipway.approval.Decision;
import dev.slipway.approval.Decision.Answer;
import dev.slipway.approval.DecisionRequest;
import dev.slipway.approval.Question;
import dev.slipway.environment.LockAnswer;
import dev.slipway.json.Json;
import dev.slipway.pipeline.ApprovalPolicy;
import dev.slipway.run.RunActivities.PreparedRun;
import dev.slipway.run.RunActivities.Visibility;
import dev.slipway.run.RunInput.Deliver;
import dev.slipway.run.RunInput.Rollback;
import dev.slipway.run.RunState.RunEvent;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Wires a run's parts to messages; what happens is decided elsewhere. */
public final class PipelineWorkflowImpl implements PipelineWorkflow {
  private static final int RULES = 1;

  private final RunActivities activities =
      Workflow.newActivityStub(
          RunActivities.class,
          ActivityOptions.newBuilder()
              .setStartToCloseTimeout(Duration.ofMinutes(5))
              .setScheduleToCloseTimeout(Duration.ofMinutes(30))
              .setRetryOptions(
                  RetryOptions.newBuilder().setMaximumInterval(Duration.ofSeconds(20)).build())
              .build());

  private final RunBoard board;
  private final ApprovalDesk desk;
  private final EnvironmentLinks links;
  private Visibility visibility = Visibility.PLAIN;

  @WorkflowInit
  public PipelineWorkflowImpl(RunInput input) {
    board = new RunBoard(input);
    desk = new ApprovalDesk(new Bell());
    links = new EnvironmentLinks(input.id());
  }

  @Override
  public RunState run(RunInput input) {
    Workflow.getVersion("rules", RULES, RULES);
    var ending = end(input);
    Workflow.newDetachedCancellationScope(() -> close(ending)).run();
    return board.state();
  }

  private Ending end(RunInput input) {
    try {
      return switch (input.kind()) {
        case Deliver ignored -> deliver(input);
        case Rollback wish -> new RollbackRun(board, desk, links, wish).run();
      };
    } catch (CanceledFailure stopped) {
      return new Ending(RunStatus.CANCELLED, "the run was stopped");
    } catch (TemporalFailure failure) {
      return new Ending(RunStatus.ENGINE_ERROR, reason(failure));
    } catch (RuntimeException defect) {
      Workflow.getLogger(PipelineWorkflowImpl.class).error("a defect ended the run", defect);
      return new Ending(RunStatus.ENGINE_ERROR, defect.toString());
    }
  }

  private Ending deliver(RunInput input) {
    PreparedRun prepared;
    try {
      prepared = activities.prepare(input);
    } catch (TemporalFailure failure) {
      if (failure.getCause() instanceof CanceledFailure) {
        throw failure;
      }
      return new Ending(RunStatus.INVALID, reason(failure));
    }
    visibility = prepared.visibility();
    board.prepared(prepared.source(), prepared.problems());
    var pipeline = prepared.pipeline();
    if (pipeline == null) {
      return new Ending(RunStatus.INVALID, "the pipeline file can't be run");
    }
    board.plans(pipeline);
    board.tells(
        RunEvent.Kind.STARTED,
        "%s started by %s".formatted(prepared.source().abbreviatedCommit(), input.by()));
    return new Delivery(board, desk, pipeline, links).deliver();
  }

  private void close(Ending ending) {
    board.is(ending.status(), ending.reason());
    board.tells(kind(ending.status()), ending.reason());
    if (visibility == Visibility.SEARCHABLE) {
      Workflow.upsertTypedSearchAttributes(
          SearchAttributes.OUTCOME.valueSet(ending.status().text()));
    }
    activities.record(board.state());
    board.awaitsDeliveries();
    Workflow.await(Workflow::isEveryHandlerFinished);
  }

  private static RunEvent.Kind kind(RunStatus outcome) {
    return switch (outcome) {
      case SUCCEEDED -> RunEvent.Kind.SUCCEEDED;
      case EXPIRED -> RunEvent.Kind.EXPIRED;
      case ROLLED_BACK -> RunEvent.Kind.ROLLED_BACK;
      case ROLLBACK_FAILED -> RunEvent.Kind.ROLLBACK_FAILED;
      case CANCELLED -> RunEvent.Kind.CANCELLED;
      case SUPERSEDED -> RunEvent.Kind.SUPERSEDED;
      case BLOCKED, REJECTED, INVALID, ENGINE_ERROR -> RunEvent.Kind.BLOCKED;
      case RUNNING, WAITING, ROLLING_BACK ->
          throw new IllegalArgumentException(outcome + " is no outcome");
    };
  }

  @Override
  public RunState state() {
    return board.state();
  }

  @Override
  public void approve(RawValue request) {
    answer(Answer.APPROVE, request);
  }

  @Override
  public void reject(RawValue request) {
    answer(Answer.REJECT, request);
  }

  @Override
  public void validateDecide(DecisionRequest request) {
    if (request.answer() == null) {
      throw new IllegalArgumentException("the answer is missing: APPROVE or REJECT");
    }
    var refusal = desk.refusal(request.answer(), request);
    if (!refusal.isEmpty()) {
      throw new IllegalArgumentException(refusal);
    }
  }

  @Override
  public RunState decide(DecisionRequest request) {
    var answer = request.answer();
    if (answer == null) {
      throw ApplicationFailure.newNonRetryableFailure("the answer is missing", "CONFIGURATION");
    }
    take(answer, request);
    return board.state();
  }

  @Override
  public void environmentAnswered(RawValue raw) {
    LockAnswer answer;
    try {
      answer = Json.read(raw.getPayload().getData().toByteArray(), LockAnswer.class);
    } catch (RuntimeException e) {
      Workflow.getLogger(PipelineWorkflowImpl.class).warn("unreadable answer left out", e);
      return;
    }
    links.answered(answer);
    if (answer instanceof LockAnswer.Superseded(var environment, var by)) {
      desk.withdraw("run %d is newer and took its place in %s".formatted(by, environment));
    }
  }

  /** A signal that can't be read, or comes when nobody is asked, is noted and does nothing. */
  private void answer(Answer answer, @Nullable RawValue raw) {
    var request = DecisionSignal.read(raw);
    var refusal = request.isEmpty() ? "it can't be read" : desk.refusal(answer, request.get());
    if (refusal.isEmpty()) {
      take(answer, request.orElseThrow());
    } else {
      board.tells(
          RunEvent.Kind.NOTE,
          "the signal to %s does not count: %s"
              .formatted(answer.name().toLowerCase(java.util.Locale.ROOT), refusal));
    }
  }

  private void take(Answer answer, DecisionRequest request) {
    Decision decision = desk.take(answer, request);
    board.tells(
        RunEvent.Kind.DECIDED,
        "%s said %s%s"
            .formatted(
                decision.by(),
                answer == Answer.APPROVE ? "yes" : "no",
                decision.comment() == null ? "" : ": " + decision.comment()));
  }

  private static String reason(TemporalFailure failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof ApplicationFailure)) {
      cause = cause.getCause();
    }
    return cause instanceof ApplicationFailure application
        ? application.getOriginalMessage()
        : String.valueOf(cause.getMessage());
  }

  /** Tells people what the desk does. */
  private final class Bell implements ApprovalDesk.Bell {
    private @Nullable String rungFor;

    @Override
    public void changed(@Nullable Question question) {
      board.asks(question);
      if (question != null && !question.id().equals(rungFor)) {
        rungFor = question.id();
        board.tells(RunEvent.Kind.WAITING, question.subject());
      }
    }

    @Override
    public void escalated(Question question, ApprovalPolicy policy) {
      board.asks(question);
      board.tells(
          RunEvent.Kind.ESCALATED,
          "nobody decided within %s: %s%s"
              .formatted(
                  dev.slipway.action.Durations.text(policy.escalateAfter()),
                  question.subject(),
                  policy.escalateTo().isEmpty()
                      ? ""
                      : " Now asking " + String.join(", ", policy.escalateTo())));
    }
  }
}
