package dev.slipway.run;

import dev.slipway.action.Durations;
import dev.slipway.approval.ApprovalDesk;
import dev.slipway.approval.ApprovalDesk.Outcome;
import dev.slipway.approval.Decision;
import dev.slipway.approval.Matter;
import dev.slipway.environment.EnvironmentActivities.Survey;
import dev.slipway.notification.RunEvent;
import dev.slipway.pipeline.Stage;
import dev.slipway.pipeline.Stage.OnFailure;
import dev.slipway.step.EnvironmentGrant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Performs single stages and asks their questions. */
final class StageRunner {
  private final RunBoard board;
  private final ApprovalDesk desk;
  private final Pauses pauses;
  private final Supplier<Ending> whyStopped;

  /** What people answered. */
  sealed interface Answer {
    /** The run goes on. */
    record Yes(List<Decision> decisions) implements Answer {}

    /** It ends. */
    record No(Ending ending) implements Answer {}
  }

  StageRunner(RunBoard board, ApprovalDesk desk, Pauses pauses, Supplier<Ending> whyStopped) {
    this.board = board;
    this.desk = desk;
    this.pauses = pauses;
    this.whyStopped = whyStopped;
  }

  /**
   * Performs a stage's steps, judges its gate and asks what is to be asked afterwards.
   *
   * @param grants the right to change the stage's environment; null without one
   */
  GroupEnd perform(Stage stage, Supplier<@Nullable EnvironmentGrant> grants) {
    var stageBoard = board.stage(stage.name());
    board.begins(stageBoard);
    return switch (new StageExecution(board, stageBoard, pauses, grants).execute()) {
      case StageExecution.End.Passed() -> passed(stage, stageBoard);
      case StageExecution.End.Failed(var reason) -> failed(stage, stageBoard, reason);
      case StageExecution.End.Refused(var reason) -> blocked(stage, stageBoard, reason);
      case StageExecution.End.Stopped() -> {
        var why = whyStopped.get();
        stageBoard.ends(StageState.Status.FAILED, why.reason());
        board.shows();
        yield new GroupEnd.Ended(why);
      }
    };
  }

  /**
   * Asks before a group's first step.
   *
   * @param id unique within the run
   * @param survey of the environment that is to be changed; null when there is none
   */
  Answer askBefore(StageGroup group, Stage asking, String id, @Nullable Survey survey) {
    var subject =
        group.environment() == null
            ? "Let %s go on to %s?".formatted(board.source().abbreviatedCommit(), asking.name())
            : "Release %s to %s?"
                .formatted(board.source().abbreviatedCommit(), group.environment());
    return ask(board.stage(group.name()), asking, id, subject, survey, group.environment());
  }

  private GroupEnd passed(Stage stage, StageBoard stageBoard) {
    if (stage.gate().asksAfterwards()) {
      var subject =
          "Let %s go on past %s?".formatted(board.source().abbreviatedCommit(), stage.name());
      var answer = ask(stageBoard, stage, "after/" + stage.name(), subject, null, null);
      if (answer instanceof Answer.No(var ending)) {
        return new GroupEnd.Ended(ending);
      }
    }
    stageBoard.ends(StageState.Status.SUCCEEDED, null);
    board.shows();
    return new GroupEnd.Passed();
  }

  private GroupEnd failed(Stage stage, StageBoard stageBoard, String reason) {
    if (stage.onFailure() == OnFailure.SKIP && stage.environment() == null) {
      stageBoard.ends(StageState.Status.SKIPPED, reason);
      board.tells(RunEvent.Kind.NOTE, "%s was skipped: %s".formatted(stage.name(), reason));
      return new GroupEnd.Skipped(stage.name());
    }
    return blocked(stage, stageBoard, reason);
  }

  private GroupEnd blocked(Stage stage, StageBoard stageBoard, String reason) {
    stageBoard.ends(StageState.Status.FAILED, reason);
    board.shows();
    return GroupEnd.ended(RunStatus.BLOCKED, "%s: %s".formatted(stage.name(), reason));
  }

  private Answer ask(
      StageBoard shownAt,
      Stage asking,
      String id,
      String subject,
      @Nullable Survey survey,
      @Nullable String environment) {
    shownAt.waits(StageState.Status.WAITING, "waits for a decision");
    var outcome =
        desk.ask(
            new Matter(
                id,
                subject,
                ShownToApprover.lines(board, survey),
                asking.gate().approval(),
                board.source().author(),
                environment));
    return switch (outcome) {
      case Outcome.Approved(var decisions) -> new Answer.Yes(decisions);
      case Outcome.Rejected(var decision) -> {
        var comment = decision.comment() == null ? "" : ": " + decision.comment();
        yield no(shownAt, RunStatus.REJECTED, "%s said no%s".formatted(decision.by(), comment));
      }
      case Outcome.Expired(var after) -> {
        var reason = "nobody decided within " + Durations.text(after);
        board.tells(RunEvent.Kind.EXPIRED, "%s: %s".formatted(subject, reason));
        yield no(shownAt, RunStatus.EXPIRED, reason);
      }
      case Outcome.Withdrawn(var reason) -> {
        shownAt.ends(StageState.Status.SKIPPED, reason);
        yield new Answer.No(new Ending(RunStatus.SUPERSEDED, reason));
      }
    };
  }

  private static Answer no(StageBoard shownAt, RunStatus status, String reason) {
    shownAt.ends(StageState.Status.FAILED, reason);
    return new Answer.No(new Ending(status, reason));
  }
}
