package dev.slipway.run;

import dev.slipway.approval.ApprovalDesk;
import dev.slipway.environment.EnvironmentActivities.RollbackChoice;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LockMessage.Urgency;
import dev.slipway.environment.LockMessage.WayBackIntent;
import dev.slipway.environment.Release;
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
  private final Takes takes;

  /** Which release is taken back, if another one lives when the environment is free. */
  enum Takes {
    /** A newer one that was under way, but none before the one that lived when the run began. */
    NOTHING_TWICE,
    /** Whichever lives. */
    WHAT_LIVES
  }

  RollbackRun(
      RunBoard board,
      ApprovalDesk desk,
      EnvironmentLinks links,
      RunInput.Rollback wish,
      Takes takes) {
    this.board = board;
    this.desk = desk;
    this.links = links;
    this.wish = wish;
    this.takes = takes;
  }

  Ending run() {
    var known = links.choose(wish.environment(), wish.to());
    var seen = known.from();
    if (seen == null) {
      return new Ending(RunStatus.BLOCKED, refusal(known));
    }
    board.tellsTo(seen.webhooks());
    var link = links.to(seen.spec());
    return link.whileEngaged(
        () ->
            switch (link.lock(Urgency.WAY_BACK)) {
              case Access.Held() ->
                  Detached.wayBack(link, () -> goBack(link, seen, link.choose(wish.to())));
              case Access.TakenBy(var newer) ->
                  new Ending(RunStatus.BLOCKED, "run %d took its place".formatted(newer));
              case Access.NotFree(var reason) -> new Ending(RunStatus.BLOCKED, reason);
            });
  }

  private Ending goBack(EnvironmentLink link, Release seen, RollbackChoice choice) {
    var from = choice.from();
    var to = choice.to();
    if (takes == Takes.NOTHING_TWICE && from != null && from.number() < seen.number()) {
      return new Ending(
          RunStatus.BLOCKED,
          "release %d was taken back meanwhile, and %s runs %d; look again: slipway live %s"
              .formatted(seen.number(), link.id().name(), from.number(), link.id().name()));
    }
    if (from == null || to == null) {
      return new Ending(RunStatus.BLOCKED, refusal(choice));
    }
    var commit = from.source() == null ? "" : from.source().commit();
    // Whoever goes on to a later release has nothing against this one.
    var isHeld = to.number() < from.number();
    board.is(RunStatus.ROLLING_BACK, "to release " + to.number());
    board.tells(
        RunEvent.Kind.ROLLING_BACK,
        "%s goes back from release %d to %d, as %s wants"
            .formatted(link.id().name(), from.number(), to.number(), board.startedBy()));
    link.intend(
        to.state(),
        from.number(),
        commit,
        new WayBackIntent(to.number(), board.startedBy(), REASON, isHeld),
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
                isHeld,
                schema));
        var done =
            "%s runs release %d again; %s".formatted(link.id().name(), to.number(), schema.text());
        board.tells(RunEvent.Kind.ROLLED_BACK, done);
        yield new Ending(RunStatus.SUCCEEDED, done);
      }
      case End.Failed(var why) -> {
        link.append(
            new LedgerEvent.UndoFailed(from.number(), board.id().number(), commit, isHeld, why));
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
