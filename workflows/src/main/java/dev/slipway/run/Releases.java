package dev.slipway.run;

import dev.slipway.approval.ApprovalDesk;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run has released so far, and what a refusal further on means for it. */
final class Releases {
  private final RunBoard board;
  private final ApprovalDesk desk;
  private final Pipeline pipeline;
  private final List<Released> released = new ArrayList<>();

  private record Released(StageGroup group, EnvironmentLink link, long release) {}

  Releases(RunBoard board, ApprovalDesk desk, Pipeline pipeline) {
    this.board = board;
    this.desk = desk;
    this.pipeline = pipeline;
  }

  void add(StageGroup group, EnvironmentLink link, long release) {
    released.add(new Released(group, link, release));
  }

  /**
   * After a no or no answer, what lives in the nearest environment before is marked, or goes back.
   *
   * @param asking whose question was refused
   */
  Ending afterRefusal(StageGroup group, Stage asking, Ending cause) {
    var nearest = nearestBefore(group);
    if (nearest.isEmpty()) {
      return cause;
    }
    var link = nearest.get().link();
    var earlier = new EarlierEnvironment(board, desk, link, nearest.get().release());
    var onExpire = asking.gate().approval().onExpire();
    return switch (cause.status()) {
      case REJECTED -> Detached.wayBack(link, () -> earlier.discredit(cause));
      case EXPIRED -> Detached.wayBack(link, () -> earlier.afterExpiry(cause, onExpire));
      case RUNNING,
          WAITING,
          ROLLING_BACK,
          SUCCEEDED,
          BLOCKED,
          ROLLED_BACK,
          ROLLBACK_FAILED,
          CANCELLED,
          SUPERSEDED,
          INVALID,
          ENGINE_ERROR ->
          cause;
    };
  }

  /** The last release on the way to the group. */
  private Optional<Released> nearestBefore(StageGroup group) {
    var before = group.before(pipeline);
    return released.reversed().stream()
        .filter(each -> before.stream().anyMatch(each.group()::has))
        .findFirst();
  }
}
