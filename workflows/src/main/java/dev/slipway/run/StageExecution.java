package dev.slipway.run;

import dev.slipway.action.FailureType;
import dev.slipway.action.FlowSpecs;
import dev.slipway.gate.GateDecider;
import dev.slipway.gate.Verdict;
import dev.slipway.pipeline.Interpolation;
import dev.slipway.pipeline.Stage.OnFailure;
import dev.slipway.pipeline.Step;
import dev.slipway.step.EnvironmentGrant;
import dev.slipway.step.StepFailure;
import dev.slipway.step.StepKey;
import dev.slipway.step.StepRequest;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Performs a stage's steps along their graph, again and again as its retry says. */
final class StageExecution {
  private final RunBoard board;
  private final StageBoard stage;
  private final Supplier<@Nullable EnvironmentGrant> grants;
  private final RunReferences references;
  private final Pauses pauses;
  private @Nullable RuntimeException defect;

  /** How a stage's steps and gate ended. */
  sealed interface End {
    /** Every step did its work and the gate says yes. */
    record Passed() implements End {}

    /** A step failed, or the gate said no. */
    record Failed(String reason) implements End {}

    /** A person did not want it to go on, or nobody wanted it in time. */
    record Refused(String reason) implements End {}

    /** The run was stopped. */
    record Stopped() implements End {}
  }

  /**
   * @param grants the right to change the stage's environment with a newer token each time; null
   *     without an environment
   */
  StageExecution(
      RunBoard board,
      StageBoard stage,
      Pauses pauses,
      Supplier<@Nullable EnvironmentGrant> grants) {
    this.board = board;
    this.pauses = pauses;
    this.stage = stage;
    this.grants = grants;
    this.references = new RunReferences(board);
  }

  End execute() {
    var retries =
        stage.stage().onFailure() == OnFailure.RETRY ? stage.stage().retry().maxAttempts() : 0;
    for (var retry = 0; ; retry++) {
      stage.attempts();
      board.shows();
      var failed = performSteps();
      if (CancellationScope.current().isCancelRequested()) {
        return new End.Stopped();
      }
      if (isRefused(failed)) {
        return new End.Refused(reason(failed));
      }
      var end = failed.isEmpty() ? judge() : new End.Failed(reason(failed));
      if (!(end instanceof End.Failed(var reason)) || retry >= retries || !mayRetry(failed)) {
        return end;
      }
      var wait = stage.stage().retry().interval().multipliedBy(retry + 1L);
      stage.waits(StageState.Status.RUNNING, "tries again soon: " + reason);
      board.shows();
      try {
        Workflow.sleep(wait);
      } catch (CanceledFailure stopped) {
        return new End.Stopped();
      }
      forgetForRetry(failed);
    }
  }

  private static boolean isRefused(Map<String, StepFailure> failed) {
    return failed.values().stream().anyMatch(failure -> failure.type() == FailureType.CANCELLED);
  }

  private End judge() {
    var verdict = GateDecider.judge(stage.stage().gate(), stage.evidence());
    stage.judged(verdict);
    board.shows();
    return verdict.passed() ? new End.Passed() : new End.Failed("gate: " + failedChecks(verdict));
  }

  private static String failedChecks(Verdict verdict) {
    return String.join(
        "; ",
        verdict.checks().stream()
            .filter(check -> check.result() != Verdict.Result.PASSED)
            .map(check -> "%s, but %s".formatted(check.check(), check.reason()))
            .toList());
  }

  private static String reason(Map<String, StepFailure> failed) {
    return String.join(
        "; ",
        failed.entrySet().stream()
            .map(entry -> "%s: %s".formatted(entry.getKey(), entry.getValue().happened()))
            .toList());
  }

  /** A stage's retry helps where another try of the step could, and when only the gate said no. */
  private static boolean mayRetry(Map<String, StepFailure> failed) {
    return failed.values().stream().allMatch(failure -> failure.type().mayBeRetried());
  }

  private void forgetForRetry(Map<String, StepFailure> failed) {
    Set<String> again = new LinkedHashSet<>();
    for (var step : stage.stage().steps()) {
      if (failed.isEmpty()
          || stage.stage().redeploy()
          || stage.outcome(step.name()).isEmpty()
          || step.needs().stream().anyMatch(again::contains)) {
        again.add(step.name());
      }
    }
    again.forEach(stage::forget);
  }

  /** Performs what has no outcome yet; the failures by step. */
  private Map<String, StepFailure> performSteps() {
    Map<String, StepFailure> failed = new LinkedHashMap<>();
    Map<String, CompletablePromise<Boolean>> done = new LinkedHashMap<>();
    stage.stage().steps().forEach(step -> done.put(step.name(), Workflow.newPromise()));
    var running = new ArrayList<Promise<Void>>();
    for (var step : stage.stage().steps()) {
      running.add(Async.procedure(() -> performWhenReady(step, done, failed)));
    }
    Promise.allOf(running).get();
    if (defect != null) {
      throw defect;
    }
    return failed;
  }

  private void performWhenReady(
      Step step, Map<String, CompletablePromise<Boolean>> done, Map<String, StepFailure> failed) {
    var succeeded = false;
    try {
      succeeded = isReady(step, done) ? performOrKeep(step, failed) : skip(step);
    } catch (RuntimeException failure) {
      // It is thrown when every step has ended, so that no way back overlaps a step.
      defect = failure;
    }
    var promise = done.get(step.name());
    if (promise != null) {
      promise.complete(succeeded);
    }
  }

  private static boolean isReady(Step step, Map<String, CompletablePromise<Boolean>> done) {
    var ready = true;
    for (var need : step.needs()) {
      var promise = done.get(need);
      ready &= promise != null && promise.get();
    }
    return ready;
  }

  private boolean performOrKeep(Step step, Map<String, StepFailure> failed) {
    if (stage.outcome(step.name()).isPresent()) {
      return true;
    }
    return CancellationScope.current().isCancelRequested() ? skip(step) : perform(step, failed);
  }

  private boolean skip(Step step) {
    stage.skipped(step.name());
    return false;
  }

  private boolean perform(Step step, Map<String, StepFailure> failed) {
    for (var tries = 1; ; tries++) {
      var held = pauses.beforeStep(stage, step);
      if (held.isPresent()) {
        return fails(step, held.get(), failed);
      }
      var key = stage.begins(board.id(), step);
      board.shows();
      switch (result(step, key)) {
        case StepResult.Done(var outcome) -> {
          stage.succeeded(step.name(), outcome);
          board.shows();
          return true;
        }
        case StepResult.Failed(var failure) -> {
          var wait = RetryDecider.nextTry(step, failure.type(), tries);
          if (wait.isEmpty() || CancellationScope.current().isCancelRequested()) {
            return fails(step, failure, failed);
          }
          stage.failed(step.name(), failure, StepState.Status.RETRYING);
          board.shows();
          try {
            Workflow.sleep(wait.get());
          } catch (CanceledFailure stopped) {
            return fails(step, Pauses.stopped(step), failed);
          }
        }
      }
    }
  }

  private boolean fails(Step step, StepFailure failure, Map<String, StepFailure> failed) {
    stage.failed(step.name(), failure, StepState.Status.FAILED);
    failed.put(step.name(), failure);
    board.shows();
    return false;
  }

  private StepResult result(Step step, StepKey key) {
    return step.action().equals(FlowSpecs.PAUSE.name())
        ? pauses.perform(stage, step, key)
        : StepCall.perform(step, request(step, key), board);
  }

  private StepRequest request(Step step, StepKey key) {
    return new StepRequest(
        key,
        board.source(),
        Interpolation.insert(step.params(), references::value),
        step.directory(),
        Interpolation.insert(step.env(), references::value),
        references.artifacts(),
        step.artifact(),
        grants.get(),
        board.databases(),
        board.pipelineFile(),
        step.timeout());
  }
}
