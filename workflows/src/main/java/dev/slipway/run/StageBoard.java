package dev.slipway.run;

import dev.slipway.evidence.Evidence;
import dev.slipway.gate.Verdict;
import dev.slipway.pipeline.RunId;
import dev.slipway.pipeline.Stage;
import dev.slipway.pipeline.Step;
import dev.slipway.step.StepFailure;
import dev.slipway.step.StepKey;
import dev.slipway.step.StepOutcome;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a stage and its steps stand while the run goes on. Only workflow code touches it. */
final class StageBoard {
  private final Stage stage;
  private final Map<String, StepState> steps = new LinkedHashMap<>();
  private final Map<String, StepOutcome> outcomes = new LinkedHashMap<>();
  private final Map<String, Integer> idleRounds = new LinkedHashMap<>();
  private StageState.Status status = StageState.Status.PENDING;
  private int attempt;
  private @Nullable Instant startedAt;
  private @Nullable Instant endedAt;
  private @Nullable Verdict verdict;
  private @Nullable String note;

  StageBoard(Stage stage) {
    this.stage = stage;
    stage.steps().forEach(step -> steps.put(step.name(), pending(step)));
  }

  Stage stage() {
    return stage;
  }

  StageState.Status status() {
    return status;
  }

  StageState state() {
    return new StageState(
        stage.name(),
        stage.environment(),
        status,
        attempt,
        startedAt,
        endedAt,
        List.copyOf(steps.values()),
        verdict,
        note);
  }

  void waits(StageState.Status how, String forWhat) {
    status = how;
    note = forWhat;
  }

  /** What it waited for has come. */
  void goesOn() {
    status = StageState.Status.RUNNING;
    note = null;
  }

  void attempts() {
    attempt++;
    status = StageState.Status.RUNNING;
    note = null;
    verdict = null;
    endedAt = null;
    if (startedAt == null) {
      startedAt = now();
    }
  }

  void ends(StageState.Status how, @Nullable String why) {
    status = how;
    note = why;
    endedAt = now();
  }

  /** Ends it as stopped or broken off, unless it has ended or was never begun. */
  void breaksOff(String why) {
    switch (status) {
      case WAITING, QUEUED, RUNNING -> ends(StageState.Status.FAILED, why);
      case PENDING, SUCCEEDED, FAILED, SKIPPED -> {}
    }
  }

  /** Whether a step that changes an environment may have done so. */
  boolean hasChangedSomething() {
    return stage.steps().stream()
        .anyMatch(
            step ->
                step.effect().changes()
                    && step(step.name()).round() > idleRounds.getOrDefault(step.name(), 0));
  }

  void judged(Verdict judgement) {
    verdict = judgement;
  }

  /** Forgets a step's outcome, so that it is performed again. */
  void forget(String step) {
    outcomes.remove(step);
    var state = step(step);
    steps.put(
        step,
        new StepState(
            state.name(),
            state.action(),
            StepState.Status.PENDING,
            state.round(),
            null,
            null,
            state.logName(),
            null,
            List.of(),
            List.of(),
            state.failure(),
            null));
  }

  /** Begins a step's next round and names it. */
  StepKey begins(RunId run, Step step) {
    var before = step(step.name());
    var key =
        new StepKey(run.application(), run.number(), stage.name(), step.name(), before.round() + 1);
    steps.put(
        step.name(),
        new StepState(
            step.name(),
            step.action(),
            StepState.Status.RUNNING,
            key.round(),
            now(),
            null,
            logName(key),
            null,
            List.of(),
            List.of(),
            null,
            null));
    return key;
  }

  void succeeded(String step, StepOutcome outcome) {
    outcomes.put(step, outcome);
    var before = step(step);
    steps.put(
        step,
        new StepState(
            before.name(),
            before.action(),
            StepState.Status.SUCCEEDED,
            before.round(),
            before.startedAt(),
            now(),
            before.logName(),
            outcome.summary(),
            outcome.evidence(),
            outcome.artifacts(),
            null,
            outcome.log()));
  }

  void failed(String step, StepFailure failure, StepState.Status how) {
    var before = step(step);
    if (failure.changedNothing() && before.status() == StepState.Status.RUNNING) {
      idleRounds.merge(step, 1, Integer::sum);
    }
    steps.put(
        step,
        new StepState(
            before.name(),
            before.action(),
            how,
            before.round(),
            before.startedAt(),
            now(),
            before.logName(),
            null,
            failure.evidence(),
            List.of(),
            failure,
            failure.log()));
  }

  void skipped(String step) {
    var before = step(step);
    steps.put(
        step,
        new StepState(
            before.name(),
            before.action(),
            StepState.Status.SKIPPED,
            before.round(),
            null,
            null,
            before.logName(),
            null,
            List.of(),
            List.of(),
            null,
            null));
  }

  Optional<StepOutcome> outcome(String step) {
    return Optional.ofNullable(outcomes.get(step));
  }

  /** The outcomes of every step that succeeded, in the file's order. */
  Map<String, StepOutcome> outcomes() {
    var ordered = new LinkedHashMap<String, StepOutcome>();
    for (var step : stage.steps()) {
      outcome(step.name()).ifPresent(outcome -> ordered.put(step.name(), outcome));
    }
    return ordered;
  }

  List<Evidence> evidence() {
    var evidence = new ArrayList<Evidence>();
    outcomes().values().forEach(outcome -> evidence.addAll(outcome.evidence()));
    return evidence;
  }

  private StepState step(String name) {
    var state = steps.get(name);
    if (state == null) {
      throw new IllegalStateException("stage " + stage.name() + " has no step " + name);
    }
    return state;
  }

  private static StepState pending(Step step) {
    return new StepState(
        step.name(),
        step.action(),
        StepState.Status.PENDING,
        0,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        null,
        null);
  }

  private static String logName(StepKey key) {
    return "logs/" + key.path() + ".log";
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
