package dev.slipway.run;

import dev.slipway.approval.ApprovalDesk;
import dev.slipway.environment.EnvironmentActivities.RollbackChoice;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LockMessage.Urgency;
import dev.slipway.environment.LockMessage.WayBackIntent;
import dev.slipway.environment.Release;
import dev.slipway.environment.WayBackExecutor.End;
import dev.slipway.notification.RunEvent;
import dev.slipway.pipeline.ApprovalPolicy.OnExpire;
import dev.slipway.run.EnvironmentLink.Access;

/**
 * The nearest environment that a run has released to before it was refused further on. It goes back
 * after an expiry, but only while it still runs this run's release.
 */
final class EarlierEnvironment {
  private static final String BY = "slipway";

  private final RunBoard board;
  private final ApprovalDesk desk;
  private final EnvironmentLink link;
  private final long release;

  EarlierEnvironment(RunBoard board, ApprovalDesk desk, EnvironmentLink link, long release) {
    this.board = board;
    this.desk = desk;
    this.link = link;
    this.release = release;
  }

  /** Nothing will go back to a release that was rejected further on. */
  Ending discredit(Ending cause) {
    link.append(new LedgerEvent.Discredited(release, board.id().number(), cause.status().text()));
    return cause;
  }

  /** Takes it back to the newest good release, or says why not. */
  Ending afterExpiry(Ending cause, OnExpire onExpire) {
    discredit(cause);
    if (onExpire == OnExpire.KEEP) {
      return keeps(cause, "as the pipeline asks");
    }
    return link.whileEngaged(
        () ->
            switch (link.lock(Urgency.WAY_BACK)) {
              case Access.Held() -> Detached.wayBack(link, () -> goBack(cause, link.choose(null)));
              case Access.TakenBy(var newer) -> keeps(cause, "run %d is at work".formatted(newer));
              case Access.NotFree(var reason) -> failed(cause, reason);
            });
  }

  private Ending goBack(Ending cause, RollbackChoice choice) {
    Release from = choice.from();
    Release to = choice.to();
    if (from == null || from.number() != release) {
      return keeps(cause, "it has moved on" + (from == null ? "" : " to release " + from.number()));
    }
    if (to == null) {
      return keeps(cause, "it has no earlier release to go back to");
    }
    board.is(RunStatus.ROLLING_BACK, cause.reason());
    board.tells(
        RunEvent.Kind.ROLLING_BACK,
        "%s goes back to release %d: %s".formatted(link.id().name(), to.number(), cause.reason()));
    var commit = board.source().commit();
    link.intend(
        to.state(),
        release,
        commit,
        new WayBackIntent(to.number(), BY, cause.reason(), false),
        board.webhooks());
    return switch (new RunWayBack(board, desk, link, to.state()).go()) {
      case End.Back(var schema) -> {
        link.append(
            new LedgerEvent.RolledBack(
                release,
                to.number(),
                board.id().number(),
                commit,
                BY,
                cause.reason(),
                false,
                schema));
        board.tells(
            RunEvent.Kind.ROLLED_BACK,
            "%s runs release %d again; %s".formatted(link.id().name(), to.number(), schema.text()));
        yield cause;
      }
      case End.Failed(var why) -> {
        link.append(new LedgerEvent.UndoFailed(release, board.id().number(), commit, false, why));
        yield failed(cause, why);
      }
    };
  }

  private Ending failed(Ending cause, String why) {
    return new Ending(
        RunStatus.ROLLBACK_FAILED,
        "%s; %s could not go back: %s".formatted(cause.reason(), link.id().name(), why));
  }

  private Ending keeps(Ending cause, String why) {
    board.tells(RunEvent.Kind.NOTE, "%s keeps what it runs: %s".formatted(link.id().name(), why));
    return cause;
  }
}
