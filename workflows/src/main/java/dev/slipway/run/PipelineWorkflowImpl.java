package dev.slipway.run;

import dev.slipway.action.Durations;
import dev.slipway.action.FailureType;
import dev.slipway.alarm.WorkflowFailures;
import dev.slipway.approval.ApprovalDesk;
import dev.slipway.approval.Decision;
import dev.slipway.approval.Decision.Answer;
import dev.slipway.approval.DecisionRequest;
import dev.slipway.approval.Question;
import dev.slipway.environment.LockAnswer;
import dev.slipway.json.Json;
import dev.slipway.notification.RunEvent;
import dev.slipway.pipeline.ApprovalPolicy;
import dev.slipway.run.RunActivities.PreparedRun;
import dev.slipway.run.RunInput.Deliver;
import dev.slipway.run.RunInput.Rollback;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
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

  /** For what takes a moment, and as a local activity one event of the history. */
  private final RunActivities clerks =
      Workflow.newLocalActivityStub(
          RunActivities.class,
          LocalActivityOptions.newBuilder()
              .setStartToCloseTimeout(Duration.ofSeconds(8))
              .setScheduleToCloseTimeout(Duration.ofMinutes(30))
              .setRetryOptions(
                  RetryOptions.newBuilder().setMaximumInterval(Duration.ofSeconds(20)).build())
              .build());

  private final RunBoard board;
  private final ApprovalDesk desk;
  private final Pauses pauses;
  private final EnvironmentLinks links;

  @WorkflowInit
  public PipelineWorkflowImpl(RunInput input) {
    board = new RunBoard(input);
    desk = new ApprovalDesk(new Bell());
    pauses = new Pauses(board, desk);
    links = new EnvironmentLinks(board);
  }

  @Override
  public RunState run(RunInput input) {
    Workflow.getVersion("rules", RULES, RULES);
    var ending = end(input);
    Detached.run(() -> close(ending));
    return board.state();
  }

  private Ending end(RunInput input) {
    try {
      return switch (input.kind()) {
        case Deliver ignored -> deliver(input);
        case Rollback wish -> rollBack(wish);
      };
    } catch (RuntimeException failure) {
      if (WorkflowFailures.isStop(failure)) {
        return new Ending(RunStatus.CANCELLED, "the run was stopped");
      }
      if (failure instanceof ApplicationFailure notServed) {
        return new Ending(RunStatus.BLOCKED, notServed.getOriginalMessage());
      }
      Workflow.getLogger(PipelineWorkflowImpl.class).error("the run broke off", failure);
      return new Ending(RunStatus.ENGINE_ERROR, WorkflowFailures.reason(failure));
    }
  }

  private Ending rollBack(Rollback wish) {
    var rules = Workflow.getVersion("rollback-rules", Workflow.DEFAULT_VERSION, 2);
    if (rules == 2) {
      board.uses(clerks.environmentQueues());
    }
    // Rollbacks that began before can't be found by their environment, and may take back twice.
    if (rules >= 1) {
      board.isVisible(clerks.visibility());
      return new RollbackRun(board, desk, links, wish, RollbackRun.Takes.NOTHING_TWICE).run();
    }
    return new RollbackRun(board, desk, links, wish, RollbackRun.Takes.WHAT_LIVES).run();
  }

  private Ending deliver(RunInput input) {
    PreparedRun prepared;
    try {
      prepared = activities.prepare(input);
    } catch (ActivityFailure failure) {
      if (WorkflowFailures.isStop(failure)) {
        throw failure;
      }
      return new Ending(unprepared(failure), WorkflowFailures.reason(failure));
    }
    board.prepared(prepared.source(), prepared.problems());
    board.isVisible(prepared.visibility());
    board.uses(prepared.queues());
    var pipeline = prepared.pipeline();
    if (pipeline == null) {
      return new Ending(RunStatus.INVALID, "the pipeline file can't be run");
    }
    board.plans(pipeline, prepared.file());
    board.tells(
        RunEvent.Kind.STARTED,
        "%s started by %s".formatted(prepared.source().abbreviatedCommit(), input.by()));
    return new Delivery(board, desk, pauses, pipeline, links).deliver();
  }

  /** Wrong input is the asker's; what can't be reached is not. */
  private static RunStatus unprepared(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure said
            && said.getType().equals(FailureType.CONFIGURATION.name())
        ? RunStatus.INVALID
        : RunStatus.BLOCKED;
  }

  private void close(Ending ending) {
    board.is(ending.status(), ending.reason());
    board.tellsOutcome(kind(ending.status()), ending.reason());
    try {
      clerks.record(board.state());
    } catch (ActivityFailure failure) {
      Workflow.getLogger(PipelineWorkflowImpl.class).error("the run was not recorded", failure);
      board.tells(
          RunEvent.Kind.NOTE,
          "the run's end could not be kept in the store: " + WorkflowFailures.reason(failure));
    }
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
    var refusal = refusal(request);
    if (!refusal.isEmpty()) {
      throw new IllegalArgumentException(refusal);
    }
  }

  @Override
  public RunState decide(DecisionRequest request) {
    var refusal = refusal(request);
    var answer = request.answer();
    if (!refusal.isEmpty() || answer == null) {
      throw ApplicationFailure.newNonRetryableFailure(refusal, FailureType.CONFLICT.name());
    }
    take(answer, DecisionSignal.bounded(request));
    return board.state();
  }

  @Override
  public void validatePause(DecisionRequest request) {
    var refusal = pauses.refusal(request);
    if (!refusal.isEmpty()) {
      throw new IllegalArgumentException(refusal);
    }
  }

  @Override
  public RunState pause(DecisionRequest request) {
    var refusal = pauses.refusal(request);
    if (!refusal.isEmpty()) {
      throw ApplicationFailure.newNonRetryableFailure(refusal, FailureType.CONFLICT.name());
    }
    pauses.hold(DecisionSignal.bounded(request));
    return board.state();
  }

  private String refusal(@Nullable DecisionRequest request) {
    if (request == null || request.answer() == null) {
      return "the answer is missing: APPROVE or REJECT";
    }
    return desk.refusal(request.answer(), request);
  }

  @Override
  public void environmentAnswered(RawValue raw) {
    var answer = lockAnswer(raw);
    var link = answer.flatMap(links::answered);
    if (link.isEmpty()) {
      return;
    }
    var environment = link.get().id().name();
    switch (answer.get()) {
      case LockAnswer.Granted ignored -> {}
      case LockAnswer.Superseded(var ignored, var by) ->
          desk.withdraw(
              environment, "run %d is newer and took its place in %s".formatted(by, environment));
      case LockAnswer.Wanted(var ignored, var by) ->
          pauses.giveWay(environment, "run %d rolls %s back".formatted(by, environment));
      case LockAnswer.TookPlace(var ignored, var of) ->
          board.tells(
              RunEvent.Kind.NOTE, "it took the place of run %d in %s".formatted(of, environment));
    }
  }

  private static Optional<LockAnswer> lockAnswer(@Nullable RawValue raw) {
    try {
      return raw == null
          ? Optional.empty()
          : Optional.ofNullable(
              Json.read(raw.getPayload().getData().toByteArray(), LockAnswer.class));
    } catch (UncheckedIOException unreadable) {
      Workflow.getLogger(PipelineWorkflowImpl.class).warn("unreadable answer left out", unreadable);
      return Optional.empty();
    }
  }

  /** A signal that can't be read, or comes when nobody is asked, is noted and does nothing. */
  private void answer(Answer answer, @Nullable RawValue raw) {
    var request = DecisionSignal.read(raw);
    var refusal = request.map(said -> refusal(answer, said)).orElse("it can't be read");
    if (refusal.isEmpty()) {
      take(answer, request.orElseThrow());
    } else {
      board.tells(
          RunEvent.Kind.NOTE,
          "the signal to %s does not count: %s"
              .formatted(answer.name().toLowerCase(Locale.ROOT), refusal));
    }
  }

  private String refusal(Answer answer, DecisionRequest said) {
    return said.answer() != null && said.answer() != answer
        ? "its content says " + said.answer().name().toLowerCase(Locale.ROOT)
        : desk.refusal(answer, said);
  }

  private void take(Answer answer, DecisionRequest request) {
    Decision decision = desk.take(answer, request);
    board.decided(decision);
    board.tells(
        RunEvent.Kind.DECIDED,
        "%s said %s%s"
            .formatted(
                decision.by(),
                answer == Answer.APPROVE ? "yes" : "no",
                decision.comment() == null ? "" : ": " + decision.comment()));
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
                  Durations.text(policy.escalateAfter()),
                  question.subject(),
                  policy.escalateTo().isEmpty()
                      ? ""
                      : " Now asking " + String.join(", ", policy.escalateTo())));
    }
  }
}
