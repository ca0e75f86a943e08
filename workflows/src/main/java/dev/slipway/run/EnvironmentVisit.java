package dev.slipway.run;

import dev.slipway.approval.ApprovalDesk;
import dev.slipway.approval.Decision;
import dev.slipway.environment.EnvironmentActivities.Survey;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.Release;
import dev.slipway.environment.SchemaOutcome;
import dev.slipway.environment.WayBackExecutor.End;
import dev.slipway.notification.RunEvent;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.step.EnvironmentGrant;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run does in an environment that it holds: it says how to go back, performs its stages, and
 * either records a release or goes back.
 */
final class EnvironmentVisit {
  private final RunBoard board;
  private final ApprovalDesk desk;
  private final EnvironmentLink link;
  private final Survey found;
  private final List<Decision> decisions;
  private final @Nullable EnvironmentSpec earlier;

  EnvironmentVisit(
      RunBoard board,
      ApprovalDesk desk,
      EnvironmentLink link,
      Survey found,
      List<Decision> decisions,
      @Nullable EnvironmentSpec earlier) {
    this.board = board;
    this.desk = desk;
    this.link = link;
    this.found = found;
    this.decisions = List.copyOf(decisions);
    this.earlier = earlier;
  }

  long release() {
    return found.nextRelease();
  }

  /** Nothing may be changed before this. */
  void intend() {
    found.notes().forEach(note -> board.tells(RunEvent.Kind.NOTE, note));
    link.intend(
        found.state(), found.nextRelease(), board.source().commit(), null, board.webhooks());
  }

  /** The right to change the environment, with a newer token each time. */
  EnvironmentGrant grant() {
    return new EnvironmentGrant(
        link.spec(), link.nextToken(), found.state(), found.nextRelease(), approver(), earlier);
  }

  /** Records the release; what it consists of is read from reality. */
  void record() {
    var release =
        new Release(
            found.nextRelease(),
            board.id().number(),
            board.source(),
            link.spec(),
            link.survey().state(),
            decisions,
            ShownToApprover.evidence(board),
            Instant.ofEpochMilli(Workflow.currentTimeMillis()),
            board.webhooks());
    link.append(new LedgerEvent.Released(release));
    board.tells(
        RunEvent.Kind.RELEASED,
        "%s runs release %d".formatted(link.id().name(), found.nextRelease()));
  }

  /** Goes back to what was found; the run ends with what comes of it. */
  Ending goBack(Ending cause) {
    if (link.spec().keepOnFailure() && !link.spec().isProduction()) {
      link.keep();
      link.append(undoFailed("kept for people to look at: " + cause.reason()));
      board.tells(
          RunEvent.Kind.NOTE,
          "%s keeps what failed, as the pipeline asks; the next run goes back or further"
              .formatted(link.id().name()));
      return cause;
    }
    board.is(RunStatus.ROLLING_BACK, cause.reason());
    board.tells(
        RunEvent.Kind.ROLLING_BACK, "%s goes back: %s".formatted(link.id().name(), cause.reason()));
    return switch (new RunWayBack(board, desk, link, found.state()).go()) {
      case End.Back(var schema) -> wentBack(cause, schema);
      case End.Failed(var why) -> {
        link.append(undoFailed(why));
        yield new Ending(
            RunStatus.ROLLBACK_FAILED,
            "%s could not go back: %s (after: %s)"
                .formatted(link.id().name(), why, cause.reason()));
      }
    };
  }

  private Ending wentBack(Ending cause, SchemaOutcome schema) {
    link.append(
        new LedgerEvent.Undone(
            found.nextRelease(),
            board.id().number(),
            board.source().commit(),
            cause.reason(),
            found.live() == null ? -1 : found.live(),
            isHeldAfter(cause),
            schema));
    board.tells(
        RunEvent.Kind.ROLLED_BACK,
        "%s is as it was%s; %s"
            .formatted(
                link.id().name(),
                found.live() == null ? "" : ", with release " + found.live(),
                schema.text()));
    return cause.status() == RunStatus.BLOCKED
        ? new Ending(RunStatus.ROLLED_BACK, cause.reason())
        : cause;
  }

  /** The commit is to blame for a failure and for a no; not for a stop, and not for our defects. */
  private boolean isHeldAfter(Ending cause) {
    return link.spec().isProduction()
        && (cause.status() == RunStatus.BLOCKED || cause.status() == RunStatus.REJECTED);
  }

  private LedgerEvent undoFailed(String why) {
    return new LedgerEvent.UndoFailed(
        found.nextRelease(),
        board.id().number(),
        board.source().commit(),
        link.spec().isProduction(),
        why);
  }

  private @Nullable String approver() {
    return decisions.isEmpty()
        ? null
        : String.join(", ", decisions.stream().map(Decision::by).toList());
  }
}
