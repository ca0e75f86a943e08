package dev.slipway.run;

import dev.slipway.alarm.WorkflowFailures;
import dev.slipway.approval.ApprovalDesk;
import dev.slipway.approval.Decision;
import dev.slipway.environment.EnvironmentActivities.Survey;
import dev.slipway.environment.LockMessage.Urgency;
import dev.slipway.environment.StalenessDecider;
import dev.slipway.notification.RunEvent;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Stage;
import dev.slipway.run.EnvironmentLink.Access;
import dev.slipway.run.StageRunner.Answer;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes a group of stages through its environment: decision, lock, change, record or way back. */
final class EnvironmentStages {
  private static final int MOST_QUESTIONS = 5;

  private final Pipeline pipeline;
  private final RunBoard board;
  private final ApprovalDesk desk;
  private final StageRunner runner;
  private final Releases releases;
  private final Supplier<Ending> whyStopped;

  EnvironmentStages(
      Pipeline pipeline,
      RunBoard board,
      ApprovalDesk desk,
      StageRunner runner,
      Releases releases,
      Supplier<Ending> whyStopped) {
    this.pipeline = pipeline;
    this.board = board;
    this.desk = desk;
    this.runner = runner;
    this.releases = releases;
    this.whyStopped = whyStopped;
  }

  GroupEnd visit(StageGroup group, EnvironmentLink link) {
    for (var question = 1; question <= MOST_QUESTIONS; question++) {
      List<Decision> decisions = List.of();
      Survey seen = null;
      var asking = group.asking();
      if (asking != null) {
        link.announce();
        seen = link.survey(board.source());
        var stale = StalenessDecider.refusal(link.id(), seen.staleness());
        if (stale.isPresent()) {
          return blocked(group, stale.get());
        }
        var id = "%s/%d".formatted(asking.name(), question);
        switch (runner.askBefore(group, asking, id, seen)) {
          case Answer.Yes(var given) -> decisions = given;
          case Answer.No(var ending) -> {
            link.release();
            return new GroupEnd.Ended(releases.afterRefusal(group, asking, ending));
          }
        }
      }
      var refusal = lock(group, link);
      if (refusal != null) {
        return refusal;
      }
      var found = link.survey(board.source());
      var stale = StalenessDecider.refusal(link.id(), found.staleness());
      if (stale.isPresent()) {
        return blocked(group, stale.get());
      }
      if (seen == null || isSame(seen, found)) {
        return change(
            group,
            link,
            new EnvironmentVisit(board, desk, link, found, decisions, earlier(link.spec())));
      }
      link.release();
      board.tells(
          RunEvent.Kind.NOTE,
          "%s has changed since the approval, which no longer counts".formatted(link.id().name()));
    }
    return blocked(group, link.id() + " kept changing while people were asked");
  }

  private @Nullable GroupEnd lock(StageGroup group, EnvironmentLink link) {
    board
        .stage(group.name())
        .waits(StageState.Status.QUEUED, "waits for %s".formatted(link.id().name()));
    board.shows();
    return switch (link.lock(Urgency.DELIVERY)) {
      case Access.Held() -> null;
      case Access.TakenBy(var newer) -> {
        var reason = "run %d is newer and took its place in %s".formatted(newer, link.id().name());
        board.stage(group.name()).ends(StageState.Status.SKIPPED, reason);
        yield GroupEnd.ended(RunStatus.SUPERSEDED, reason);
      }
      case Access.NotFree(var reason) -> blocked(group, reason);
    };
  }

  /** Whether the environment is still as the approver saw it. */
  private static boolean isSame(Survey seen, Survey found) {
    return Objects.equals(seen.live(), found.live())
        && Objects.equals(seen.state().schema(), found.state().schema());
  }

  private GroupEnd change(StageGroup group, EnvironmentLink link, EnvironmentVisit visit) {
    if (group.changes()) {
      visit.intend();
    }
    for (var stage : group.stages()) {
      if (performOrBreak(stage, visit) instanceof GroupEnd.Ended(var cause)) {
        return goBack(group, link, visit, cause);
      }
    }
    return group.changes() ? record(group, link, visit) : new GroupEnd.Passed();
  }

  /** What everything has passed is recorded, although the run is being stopped meanwhile. */
  private GroupEnd record(StageGroup group, EnvironmentLink link, EnvironmentVisit visit) {
    try {
      Detached.run(visit::record);
    } catch (RuntimeException failure) {
      Workflow.getLogger(EnvironmentStages.class).error("a release was not recorded", failure);
      var why = "the release could not be recorded: " + WorkflowFailures.reason(failure);
      return goBack(group, link, visit, new Ending(RunStatus.ENGINE_ERROR, why));
    }
    releases.add(group, link, visit.release());
    return new GroupEnd.Passed();
  }

  private GroupEnd goBack(
      StageGroup group, EnvironmentLink link, EnvironmentVisit visit, Ending cause) {
    return new GroupEnd.Ended(
        hasChanged(group) ? Detached.wayBack(link, () -> visit.goBack(cause)) : cause);
  }

  /** A defect of ours must not keep what was changed from being taken back. */
  private GroupEnd performOrBreak(Stage stage, EnvironmentVisit visit) {
    try {
      return runner.perform(stage, visit::grant);
    } catch (RuntimeException failure) {
      var ending =
          WorkflowFailures.isStop(failure)
              ? whyStopped.get()
              : new Ending(
                  RunStatus.ENGINE_ERROR,
                  "%s: %s".formatted(stage.name(), WorkflowFailures.reason(failure)));
      board.stage(stage.name()).breaksOff(ending.reason());
      return new GroupEnd.Ended(ending);
    }
  }

  private boolean hasChanged(StageGroup group) {
    return group.stages().stream()
        .anyMatch(stage -> board.stage(stage.name()).hasChangedSomething());
  }

  private GroupEnd blocked(StageGroup group, String reason) {
    board.stage(group.name()).ends(StageState.Status.FAILED, reason);
    return GroupEnd.ended(RunStatus.BLOCKED, "%s: %s".formatted(group.name(), reason));
  }

  /** The environment that must have had everything before. */
  private @Nullable EnvironmentSpec earlier(EnvironmentSpec spec) {
    return Optional.ofNullable(spec.after()).flatMap(pipeline::environment).orElse(null);
  }
}
