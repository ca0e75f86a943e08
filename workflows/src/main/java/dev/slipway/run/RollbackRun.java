package dev.slipway.run;

import dev.slipway.approval.ApprovalDesk;
import dev.slipway.environment.EnvironmentActivities.RollbackChoice;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LockMessage.Urgency;
import dev.slipway.environment.LockMessage.WayBackIntent;
import dev.slipway.environment.WayBackExecutor.End;
import dev.slipway.notification.RunEvent;
import dev.slipway.run.EnvironmentLink.Access;

/** A run that takes an environment back because a person wants it. */
final class RollbackRun {
  private static final String REASON = "a person asked for it";

  private final RunBoard board;
  private final ApprovalDesk desk;
  private final EnvironmentLinks links;
  private final RunInput.Rollback wish;

  RollbackRun(RunBoard board, ApprovalDesk desk, EnvironmentLinks links, RunInput.Rollback wish) {
    this.board = board;
    this.desk = desk;
    this.links = links;
    this.wish = wish;
  }

  Ending run() {
    var known = links.activities().chooseRelease(wish.environment(), wish.to(), null);
    if (known.from() == null) {
      return new Ending(RunStatus.BLOCKED, refusal(known));
    }
    board.tellsTo(known.from().webhooks());
    var link = links.to(known.from().spec());
    return link.whileEngaged(
        () ->
            switch (link.lock(Urgency.WAY_BACK)) {
              case Access.Held() ->
                  Detached.wayBack(link.id().name(), () -> goBack(link, link.choose(wish.to())));
              case Access.TakenBy(var newer) ->
                  new Ending(RunStatus.BLOCKED, "run %d took its place".formatted(newer));
              case Access.NotFree(var reason) -> new Ending(RunStatus.BLOCKED, reason);
            });
  }

  private Ending goBack(EnvironmentLink link, RollbackChoice choice) {
    var from = choice.from();
    var to = choice.to();
    if (from == null || to == null) {
      return new Ending(RunStatus.BLOCKED, refusal(choice));
    }
    var commit = from.source() == null ? "" : from.source().commit();
    board.is(RunStatus.ROLLING_BACK, "to release " + to.number());
    board.tells(
        RunEvent.Kind.ROLLING_BACK,
        "%s goes back from release %d to %d, as %s wants"
            .formatted(link.id().name(), from.number(), to.number(), board.startedBy()));
    link.intend(
        to.state(),
        from.number(),
        commit,
        new WayBackIntent(to.number(), board.startedBy(), REASON, true),
        board.webhooks());
    return switch (new RunWayBack(board, desk, link, to.state()).go()) {
      case End.Back(var schema) -> {
        link.append(
            new LedgerEvent.RolledBack(
                from.number(),
                to.number(),
                board.id().number(),
                commit,
                board.startedBy(),
                REASON,
                true,
                schema));
        var done =
            "%s runs release %d again; %s".formatted(link.id().name(), to.number(), schema.text());
        board.tells(RunEvent.Kind.ROLLED_BACK, done);
        yield new Ending(RunStatus.SUCCEEDED, done);
      }
      case End.Failed(var why) -> {
        link.append(
            new LedgerEvent.UndoFailed(from.number(), board.id().number(), commit, true, why));
        yield new Ending(
            RunStatus.ROLLBACK_FAILED,
            "%s could not go back to release %d: %s".formatted(link.id().name(), to.number(), why));
      }
    };
  }

  private String refusal(RollbackChoice choice) {
    return choice.refusal() == null
        ? wish.environment() + " has no release to go back to"
        : choice.refusal();
  }
}
