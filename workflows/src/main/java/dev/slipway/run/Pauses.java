package dev.slipway.run;

import dev.slipway.action.Durations;
import dev.slipway.action.FailureType;
import dev.slipway.action.FlowSpecs;
import dev.slipway.alarm.Alarm;
import dev.slipway.approval.ApprovalDesk;
import dev.slipway.approval.ApprovalDesk.Outcome;
import dev.slipway.approval.DecisionRequest;
import dev.slipway.approval.Matter;
import dev.slipway.notification.RunEvent;
import dev.slipway.pipeline.Step;
import dev.slipway.step.StepFailure;
import dev.slipway.step.StepKey;
import dev.slipway.step.StepOutcome;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands still between two steps: where its file says so, or where a person wants it
 * to. The run keeps what it holds meanwhile, so that each wait has an end.
 */
final class Pauses {
  private final RunBoard board;
  private final ApprovalDesk desk;
  private final Map<String, String> wanted = new LinkedHashMap<>();
  private int asked;
  private @Nullable Hold hold;

  /** A person's wish that nothing new begins; every step that would begin shares its end. */
  private static final class Hold {
    private final String by;
    private final @Nullable String comment;
    private boolean isAsked;
    private @Nullable Outcome outcome;

    Hold(String by, @Nullable String comment) {
      this.by = by;
      this.comment = comment;
    }

    String text() {
      return comment == null ? "paused by " + by : "paused by %s: %s".formatted(by, comment);
    }
  }

  Pauses(RunBoard board, ApprovalDesk desk) {
    this.board = board;
    this.desk = desk;
  }

  /** Why the run can't be paused; empty text when it can. */
  String refusal(DecisionRequest request) {
    var by = request.by();
    var state = board.state();
    if (by == null || by.isBlank()) {
      return "it does not say who pauses the run";
    }
    if (state.status().isOutcome()) {
      return "the run is over: " + state.status().text();
    }
    if (state.kind() instanceof RunInput.Rollback || state.status() == RunStatus.ROLLING_BACK) {
      return "a way back is not paused";
    }
    if (state.question() != null) {
      return "the run waits for a decision already: " + state.question().subject();
    }
    return hold == null ? "" : "the run is %s already".formatted(hold.text());
  }

  /** From now on no step begins before a person says so. */
  void hold(DecisionRequest request) {
    var now = new Hold(String.valueOf(request.by()).strip(), request.comment());
    hold = now;
    board.tells(RunEvent.Kind.NOTE, now.text() + "; what runs goes on to its end");
  }

  /** Ends every pause in this environment, now and later. */
  void giveWay(String environment, String reason) {
    wanted.putIfAbsent(environment, reason);
    desk.withdraw(environment, reason);
  }

  private Optional<String> whyGivingWay(StageBoard stage) {
    return Optional.ofNullable(stage.stage().environment()).map(wanted::get);
  }

  /** Waits while a person holds the run; why the step must not begin, if so. */
  Optional<StepFailure> beforeStep(StageBoard stage, Step step) {
    var held = hold;
    if (held == null) {
      return Optional.empty();
    }
    try {
      if (held.isAsked) {
        Workflow.await(() -> held.outcome != null || whyGivingWay(stage).isPresent());
        if (held.outcome == null) {
          return Optional.of(ended(whyGivingWay(stage).orElseThrow()));
        }
      } else {
        held.isAsked = true;
        held.outcome =
            ask(stage, "Go on with %s? The run is %s".formatted(step.name(), held.text()));
        if (held.outcome instanceof Outcome.Approved) {
          hold = null;
        }
      }
      return refusal(step, held.outcome);
    } catch (CanceledFailure stopped) {
      return Optional.of(stopped(step));
    }
  }

  /** Performs a step whose action is a pause. */
  StepResult perform(StageBoard stage, Step step, StepKey key) {
    try {
      if (step.params().json().has(FlowSpecs.FOR)) {
        var time = step.params().duration(FlowSpecs.FOR, Duration.ZERO);
        stage.waits(StageState.Status.RUNNING, "pauses for " + Durations.text(time));
        board.shows();
        var over = new boolean[1];
        try (var _ = Alarm.after(time, () -> over[0] = true)) {
          Workflow.await(() -> over[0] || whyGivingWay(stage).isPresent());
        }
        stage.goesOn();
        if (!over[0]) {
          return new StepResult.Failed(ended(whyGivingWay(stage).orElseThrow()));
        }
        return new StepResult.Done(StepOutcome.of("waited " + Durations.text(time)));
      }
      var outcome =
          ask(
              stage,
              "Go on with %s after %s?"
                  .formatted(board.source().abbreviatedCommit(), key.stage() + "/" + key.step()));
      return refusal(step, outcome)
          .<StepResult>map(StepResult.Failed::new)
          .orElseGet(() -> new StepResult.Done(StepOutcome.of("a person said yes")));
    } catch (CanceledFailure stopped) {
      return new StepResult.Failed(stopped(step));
    }
  }

  private Outcome ask(StageBoard stage, String subject) {
    asked++;
    stage.waits(StageState.Status.WAITING, "waits for a decision");
    board.shows();
    Workflow.await(() -> !desk.isAsking() || whyGivingWay(stage).isPresent());
    var wanted = whyGivingWay(stage);
    if (wanted.isPresent()) {
      stage.goesOn();
      return new Outcome.Withdrawn(wanted.get());
    }
    var outcome =
        desk.ask(
            new Matter(
                // No stage is named so, and questions about stages have their names.
                "pause//" + asked,
                subject,
                ShownToApprover.lines(board, null),
                stage.stage().gate().approval(),
                board.source().author(),
                stage.stage().environment()));
    stage.goesOn();
    return outcome;
  }

  private Optional<StepFailure> refusal(Step step, @Nullable Outcome outcome) {
    return switch (outcome) {
      case null -> Optional.of(stopped(step));
      case Outcome.Approved _ -> Optional.empty();
      case Outcome.Rejected(var decision) ->
          Optional.of(
              ended(
                  decision.comment() == null
                      ? decision.by() + " said no"
                      : "%s said no: %s".formatted(decision.by(), decision.comment())));
      case Outcome.Expired(var after) -> {
        var reason = "nobody decided within " + Durations.text(after);
        board.tells(RunEvent.Kind.EXPIRED, "%s: %s".formatted(step.name(), reason));
        yield Optional.of(ended(reason));
      }
      case Outcome.Withdrawn(var reason) -> Optional.of(ended(reason));
    };
  }

  private static StepFailure ended(String reason) {
    return StepFailure.of(FailureType.CANCELLED, reason, "Start a new run when it is due.");
  }

  static StepFailure stopped(Step step) {
    return ended(step.name() + " was stopped");
  }
}
