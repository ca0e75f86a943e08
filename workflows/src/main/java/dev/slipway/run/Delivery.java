package dev.slipway.run;

import dev.slipway.action.FailureType;
import dev.slipway.alarm.WorkflowFailures;
import dev.slipway.approval.ApprovalDesk;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.run.StageRunner.Answer;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a commit through its stages; independent ones side by side. */
final class Delivery {
  private final RunBoard board;
  private final Pipeline pipeline;
  private final EnvironmentLinks links;
  private final StageRunner runner;
  private final Releases releases;
  private final EnvironmentStages environments;
  private final BuiltImages images;
  private final Map<String, CompletablePromise<GroupEnd>> ends = new LinkedHashMap<>();
  private @Nullable Ending ending;

  Delivery(
      RunBoard board, ApprovalDesk desk, Pauses pauses, Pipeline pipeline, EnvironmentLinks links) {
    this.board = board;
    this.pipeline = pipeline;
    this.links = links;
    this.runner = new StageRunner(board, desk, pauses, this::whyStopped);
    this.releases = new Releases(board, desk, pipeline);
    this.images = new BuiltImages(board, pipeline);
    this.environments =
        new EnvironmentStages(pipeline, board, desk, runner, releases, this::whyStopped);
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
    return ending != null ? ending : passed();
  }

  private Ending passed() {
    return images
        .tagRest()
        .map(fault -> new Ending(RunStatus.BLOCKED, fault))
        .orElseGet(() -> new Ending(RunStatus.SUCCEEDED, "every stage passed"));
  }

  /** Never throws: the run ends when every group has, and not while one still goes back. */
  private void runWhenReady(StageGroup group, CancellationScope others) {
    GroupEnd end;
    try {
      end = awaitNeeds(group).orElseGet(() -> run(group));
    } catch (RuntimeException failure) {
      end = new GroupEnd.Ended(brokenOff(group, failure));
    }
    if (end instanceof GroupEnd.Ended(var how)) {
      ending = ending == null ? how : ending.or(how);
      others.cancel();
    }
    var promise = ends.get(group.name());
    if (promise != null) {
      promise.complete(end);
    }
  }

  private Ending brokenOff(StageGroup group, RuntimeException failure) {
    Ending how;
    if (WorkflowFailures.isStop(failure)) {
      how = whyStopped();
    } else if (isExplained(failure)) {
      how =
          new Ending(
              RunStatus.BLOCKED,
              "%s: %s".formatted(group.name(), WorkflowFailures.reason(failure)));
    } else {
      Workflow.getLogger(Delivery.class).error("{} broke off", group.name(), failure);
      how =
          new Ending(
              RunStatus.ENGINE_ERROR,
              "%s: %s".formatted(group.name(), WorkflowFailures.reason(failure)));
    }
    group.stages().forEach(stage -> board.stage(stage.name()).breaksOff(how.reason()));
    return how;
  }

  /** Whether what was asked of an environment could not be done, and it said why. */
  private static boolean isExplained(RuntimeException failure) {
    var cause = failure instanceof ActivityFailure ? failure.getCause() : failure;
    return cause instanceof ApplicationFailure said
        && Arrays.stream(FailureType.values()).anyMatch(type -> type.name().equals(said.getType()));
  }

  /** A person stopped the run, or a stage that ran at the same time ended it. */
  private Ending whyStopped() {
    var first = ending;
    if (first == null || first.status() == RunStatus.CANCELLED) {
      return new Ending(RunStatus.CANCELLED, "the run was stopped");
    }
    return new Ending(
        switch (first.status()) {
          case BLOCKED, ROLLED_BACK, ROLLBACK_FAILED -> RunStatus.BLOCKED;
          case CANCELLED,
              REJECTED,
              EXPIRED,
              SUPERSEDED,
              INVALID,
              ENGINE_ERROR,
              SUCCEEDED,
              RUNNING,
              WAITING,
              ROLLING_BACK ->
              RunStatus.CANCELLED;
        },
        "stopped, since the run could not go on: " + first.reason());
  }

  /** Why the group can't begin; empty when everything that it needs has passed. */
  private Optional<GroupEnd> awaitNeeds(StageGroup group) {
    for (var need : group.needs()) {
      var instead = insteadOf(group, end(need).get());
      if (instead.isPresent()) {
        return instead;
      }
    }
    return CancellationScope.current().isCancelRequested()
        ? Optional.of(new GroupEnd.Ended(whyStopped()))
        : Optional.empty();
  }

  private static Optional<GroupEnd> insteadOf(StageGroup group, GroupEnd before) {
    return switch (before) {
      case GroupEnd.Passed() -> Optional.empty();
      case GroupEnd.Skipped(var stage) ->
          group.environment() == null
              ? Optional.empty()
              : Optional.of(
                  GroupEnd.ended(
                      RunStatus.BLOCKED,
                      "%s changes %s, but %s was skipped"
                          .formatted(group.name(), group.environment(), stage)));
      case GroupEnd.Ended end -> Optional.of(end);
    };
  }

  private CompletablePromise<GroupEnd> end(String stage) {
    var promise = ends.get(stage);
    if (promise == null) {
      throw new IllegalStateException("stage " + stage + " does not exist");
    }
    return promise;
  }

  private GroupEnd run(StageGroup group) {
    if (group.environment() == null) {
      return withoutEnvironment(group);
    }
    var untagged = images.tagBefore(group);
    if (untagged.isPresent()) {
      board.stage(group.name()).ends(StageState.Status.FAILED, untagged.get());
      return GroupEnd.ended(RunStatus.BLOCKED, untagged.get());
    }
    var link = links.to(pipeline.environment(group.environment()).orElseThrow());
    return link.whileEngaged(() -> environments.visit(group, link));
  }

  private GroupEnd withoutEnvironment(StageGroup group) {
    var stage = group.stages().getFirst();
    if (stage.gate().requireApproval()
        && runner.askBefore(group, stage, "before/" + stage.name(), null)
            instanceof Answer.No(var no)) {
      return new GroupEnd.Ended(releases.afterRefusal(group, stage, no));
    }
    return switch (runner.perform(stage, () -> null)) {
      case GroupEnd.Passed passed ->
          skippedBefore(group).<GroupEnd>map(skip -> skip).orElse(passed);
      case GroupEnd.Skipped skipped -> skipped;
      case GroupEnd.Ended(var how) -> new GroupEnd.Ended(releases.afterRefusal(group, stage, how));
    };
  }

  /** A skipped stage is never made up for by what comes between it and an environment. */
  private Optional<GroupEnd.Skipped> skippedBefore(StageGroup group) {
    return group.needs().stream()
        .map(need -> end(need).get())
        .filter(GroupEnd.Skipped.class::isInstance)
        .map(GroupEnd.Skipped.class::cast)
        .findFirst();
  }
}
