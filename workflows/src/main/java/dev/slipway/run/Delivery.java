package dev.slipway.run;

import dev.slipway.approval.ApprovalDesk;
import dev.slipway.approval.ApprovalDesk.Outcome;
import dev.slipway.approval.Decision;
import dev.slipway.environment.EnvironmentActivities.Survey;
import dev.slipway.environment.LockMessage.Urgency;
import dev.slipway.environment.StalenessDecider;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Stage;
import dev.slipway.pipeline.Stage.OnFailure;
import dev.slipway.run.EnvironmentLink.Access;
import dev.slipway.run.RunState.RunEvent;
import dev.slipway.step.EnvironmentGrant;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes a commit through its stages; independent ones side by side. */
final class Delivery {
  private static final int MOST_QUESTIONS = 5;

  private final RunBoard board;
  private final ApprovalDesk desk;
  private final Pipeline pipeline;
  private final EnvironmentLinks links;
  private final Map<String, CompletablePromise<GroupEnd>> ends = new LinkedHashMap<>();
  private final List<EnvironmentVisit> released = new ArrayList<>();
  private final List<EnvironmentLink> releasedIn = new ArrayList<>();
  private @Nullable Ending ending;

  /** How a group of stages ended. */
  sealed interface GroupEnd {
    /** All passed. */
    record Passed() implements GroupEnd {}

    /** One was skipped, here or before; no stage with an environment may follow. */
    record Skipped(String stage) implements GroupEnd {}

    /** The run is over. */
    record Ended(Ending ending) implements GroupEnd {}
  }

  Delivery(RunBoard board, ApprovalDesk desk, Pipeline pipeline, EnvironmentLinks links) {
    this.board = board;
    this.desk = desk;
    this.pipeline = pipeline;
    this.links = links;
  }

  Ending deliver() {
    var groups = StageGroup.of(pipeline);
    groups.forEach(
        group -> {
          CompletablePromise<GroupEnd> end = Workflow.newPromise();
          group.stages().forEach(stage -> ends.put(stage.name(), end));
        });
    var running = new ArrayList<Promise<Void>>();
    var scope =
        Workflow.newCancellationScope(
            own -> {
              for (var group : groups) {
                running.add(Async.procedure(() -> runWhenReady(group, own)));
              }
            });
    scope.run();
    Promise.allOf(running).get();
    return ending != null ? ending : new Ending(RunStatus.SUCCEEDED, "every stage passed");
  }

  private void runWhenReady(StageGroup group, CancellationScope others) {
    GroupEnd end =
        new GroupEnd.Ended(new Ending(RunStatus.ENGINE_ERROR, group.name() + " broke off"));
    try {
      end = awaitNeeds(group).orElseGet(() -> run(group));
    } catch (CanceledFailure stopped) {
      end = ended(RunStatus.CANCELLED, "the run was stopped");
    } finally {
      if (end instanceof GroupEnd.Ended(var how)) {
        ending = ending == null ? how : ending.or(how);
        others.cancel();
      }
      var promise = ends.get(group.name());
      if (promise != null) {
        promise.complete(end);
      }
    }
  }

  /** Why the group can't begin; empty when everything that it needs has passed. */
  private Optional<GroupEnd> awaitNeeds(StageGroup group) {
    Optional<GroupEnd> instead = Optional.empty();
    for (var need : group.needs()) {
      var promise = ends.get(need);
      if (promise == null) {
        throw new IllegalStateException("stage " + need + " does not exist");
      }
      instead =
          switch (promise.get()) {
            case GroupEnd.Passed() -> instead;
            case GroupEnd.Skipped(var stage) ->
                group.environment() == null
                    ? instead
                    : Optional.of(
                        ended(
                            RunStatus.BLOCKED,
                            "%s changes %s, but %s was skipped"
                                .formatted(group.name(), group.environment(), stage)));
            case GroupEnd.Ended end -> Optional.of(end);
          };
      if (instead.isPresent()) {
        return instead;
      }
    }
    return CancellationScope.current().isCancelRequested()
        ? Optional.of(ended(RunStatus.CANCELLED, "the run was stopped"))
        : instead;
  }

  private GroupEnd run(StageGroup group) {
    if (group.environment() == null) {
      var asking = group.asking();
      if (asking != null) {
        var refusal = refusal(asking, ask(asking, "before/" + asking.name(), null));
        if (refusal != null) {
          return refusal;
        }
      }
      var end = perform(group.stages().getFirst(), () -> null);
      return end instanceof GroupEnd.Passed && skippedBefore(group).isPresent()
          ? new GroupEnd.Skipped(skippedBefore(group).get())
          : end;
    }
    var spec = pipeline.environment(group.environment()).orElseThrow();
    var link = links.to(spec);
    try {
      return visit(group, link);
    } finally {
      link.release(released.isEmpty() ? null : released.getLast().release());
    }
  }

  private Optional<String> skippedBefore(StageGroup group) {
    for (var need : group.needs()) {
      var promise = ends.get(need);
      if (promise != null && promise.get() instanceof GroupEnd.Skipped(var stage)) {
        return Optional.of(stage);
      }
    }
    return Optional.empty();
  }

  private GroupEnd visit(StageGroup group, EnvironmentLink link) {
    var asking = group.asking();
    for (var question = 1; question <= MOST_QUESTIONS; question++) {
      List<Decision> decisions = List.of();
      Survey seen = null;
      if (asking != null) {
        link.announce();
        seen = link.survey(board.source());
        var stale = StalenessDecider.refusal(link.id(), seen.staleness());
        if (stale.isPresent()) {
          return blocked(group, stale.get());
        }
        var outcome = ask(asking, "%s/%d".formatted(asking.name(), question), seen);
        var refusal = refusal(asking, outcome);
        if (refusal != null) {
          link.release(null);
          return afterRefusal(refusal, asking);
        }
        decisions = ((Outcome.Approved) outcome).decisions();
      }
      stageBoard(group.stages().getFirst())
          .waits(StageState.Status.QUEUED, "waits for " + link.id().name());
      board.shows();
      if (link.lock(Urgency.DELIVERY) instanceof Access.Denied(var reason)) {
        return link.supersededBy().isPresent() ? superseded(group, reason) : blocked(group, reason);
      }
      var found = link.survey(board.source());
      var stale = StalenessDecider.refusal(link.id(), found.staleness());
      if (stale.isPresent()) {
        return blocked(group, stale.get());
      }
      if (seen == null || Objects.equals(seen.live(), found.live())) {
        return change(group, link, new EnvironmentVisit(board, desk, link, found, decisions));
      }
      link.release(null);
      board.tells(
          RunEvent.Kind.NOTE,
          "%s has changed since the approval, which no longer counts".formatted(link.id().name()));
    }
    return blocked(group, link.id() + " kept changing while people were asked");
  }

  private GroupEnd change(StageGroup group, EnvironmentLink link, EnvironmentVisit visit) {
    visit.intend();
    for (var stage : group.stages()) {
      if (performOrBreak(stage, visit) instanceof GroupEnd.Ended(var cause)) {
        return hasChanged(group) ? detached(() -> visit.goBack(cause)) : new GroupEnd.Ended(cause);
      }
    }
    visit.record();
    released.add(visit);
    releasedIn.add(link);
    return new GroupEnd.Passed();
  }

  /** A defect of ours must not keep what was changed from being taken back. */
  private GroupEnd performOrBreak(Stage stage, EnvironmentVisit visit) {
    try {
      return perform(stage, visit::grant);
    } catch (CanceledFailure stopped) {
      return ended(RunStatus.CANCELLED, "the run was stopped in " + stage.name());
    } catch (RuntimeException defect) {
      stageBoard(stage).ends(StageState.Status.FAILED, defect.toString());
      return ended(RunStatus.ENGINE_ERROR, "%s: %s".formatted(stage.name(), defect));
    }
  }

  /** Whether a step began that changes the environment. */
  private boolean hasChanged(StageGroup group) {
    return group.stages().stream()
        .anyMatch(
            stage ->
                stage.steps().stream().anyMatch(step -> step.effect().changes())
                    && stageBoard(stage).state().steps().stream()
                        .filter(
                            step ->
                                stage.steps().stream()
                                    .anyMatch(
                                        planned ->
                                            planned.name().equals(step.name())
                                                && planned.effect().changes()))
                        .anyMatch(step -> step.round() > 0));
  }

  private GroupEnd perform(Stage stage, Supplier<@Nullable EnvironmentGrant> grants) {
    var stageBoard = stageBoard(stage);
    return switch (new StageExecution(board, stageBoard, grants).execute()) {
      case StageExecution.End.Passed() -> {
        if (stage.gate().asksAfterwards()) {
          var refusal = refusal(stage, ask(stage, "after/" + stage.name(), null));
          if (refusal != null) {
            yield refusal;
          }
        }
        stageBoard.ends(StageState.Status.SUCCEEDED, null);
        board.shows();
        yield new GroupEnd.Passed();
      }
      case StageExecution.End.Failed(var reason) -> {
        if (stage.onFailure() == OnFailure.SKIP && stage.environment() == null) {
          stageBoard.ends(StageState.Status.SKIPPED, reason);
          board.tells(RunEvent.Kind.NOTE, "%s was skipped: %s".formatted(stage.name(), reason));
          yield new GroupEnd.Skipped(stage.name());
        }
        stageBoard.ends(StageState.Status.FAILED, reason);
        board.shows();
        yield ended(RunStatus.BLOCKED, "%s: %s".formatted(stage.name(), reason));
      }
      case StageExecution.End.Stopped() -> {
        stageBoard.ends(StageState.Status.FAILED, "stopped");
        board.shows();
        yield ended(RunStatus.CANCELLED, "the run was stopped in " + stage.name());
      }
    };
  }

  private Outcome ask(Stage stage, String id, @Nullable Survey survey) {
    stageBoard(stage).waits(StageState.Status.WAITING, "waits for a decision");
    var subject =
        stage.environment() == null
            ? "Let %s go on past %s?".formatted(board.source().abbreviatedCommit(), stage.name())
            : "Release %s to %s?"
                .formatted(board.source().abbreviatedCommit(), stage.environment());
    var outcome =
        desk.ask(
            id,
            subject,
            ShownToApprover.lines(board, survey),
            stage.gate().approval(),
            board.source().author());
    if (outcome instanceof Outcome.Approved(var decisions)) {
      decisions.forEach(board::decided);
    } else if (outcome instanceof Outcome.Rejected(var decision)) {
      board.decided(decision);
    }
    return outcome;
  }

  /** How the run ends without a yes; null after a yes. */
  private @Nullable GroupEnd refusal(Stage stage, Outcome outcome) {
    var stageBoard = stageBoard(stage);
    return switch (outcome) {
      case Outcome.Approved(var ignored) -> null;
      case Outcome.Rejected(var decision) -> {
        var reason =
            "%s said no%s"
                .formatted(
                    decision.by(), decision.comment() == null ? "" : ": " + decision.comment());
        stageBoard.ends(StageState.Status.FAILED, reason);
        yield ended(RunStatus.REJECTED, reason);
      }
      case Outcome.Expired(var after) -> {
        var reason = "nobody decided within " + text(after);
        stageBoard.ends(StageState.Status.FAILED, reason);
        yield ended(RunStatus.EXPIRED, reason);
      }
      case Outcome.Withdrawn(var reason) -> {
        stageBoard.ends(StageState.Status.SKIPPED, reason);
        yield ended(RunStatus.SUPERSEDED, reason);
      }
    };
  }

  /** After a no or no answer, what lives in earlier environments is marked, or goes back. */
  private GroupEnd afterRefusal(GroupEnd refusal, Stage stage) {
    if (!(refusal instanceof GroupEnd.Ended(var cause)) || releasedIn.isEmpty()) {
      return refusal;
    }
    var earlier =
        new EarlierEnvironment(board, desk, releasedIn.getLast(), released.getLast().release());
    return switch (cause.status()) {
      case REJECTED -> detached(() -> earlier.discredit(cause));
      case EXPIRED ->
          detached(() -> earlier.afterExpiry(cause, stage.gate().approval().onExpire()));
      default -> refusal;
    };
  }

  private GroupEnd blocked(StageGroup group, String reason) {
    stageBoard(group.stages().getFirst()).ends(StageState.Status.FAILED, reason);
    return ended(RunStatus.BLOCKED, "%s: %s".formatted(group.name(), reason));
  }

  private GroupEnd superseded(StageGroup group, String reason) {
    stageBoard(group.stages().getFirst()).ends(StageState.Status.SKIPPED, reason);
    return ended(RunStatus.SUPERSEDED, reason);
  }

  private StageBoard stageBoard(Stage stage) {
    return board.stages().stream()
        .filter(each -> each.stage().name().equals(stage.name()))
        .findFirst()
        .orElseThrow();
  }

  private static GroupEnd ended(RunStatus status, String reason) {
    return new GroupEnd.Ended(new Ending(status, reason));
  }

  /** What must happen although the run is being stopped. */
  private static GroupEnd detached(Supplier<Ending> work) {
    var result = new Ending[1];
    Workflow.newDetachedCancellationScope(() -> result[0] = work.get()).run();
    return new GroupEnd.Ended(Objects.requireNonNull(result[0]));
  }

  private static String text(Duration time) {
    return dev.slipway.action.Durations.text(time);
  }
}
