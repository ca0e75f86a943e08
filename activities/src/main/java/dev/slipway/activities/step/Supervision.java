package dev.slipway.activities.step;

import dev.slipway.action.Durations;
import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches an action until it has ended. When its time is over, its worker stops or nobody waits for
 * it any more, it is interrupted; the wait then goes on until it has really stopped, so that
 * nothing that comes after overlaps with it. What it completed in the last moment counts.
 */
final class Supervision {
  private static final Duration BEAT = Duration.ofSeconds(1);

  /** An action that does not stop is told again, though not so often that it can't tidy up. */
  private static final Duration REMINDER = Duration.ofSeconds(30);

  /** Why an action was interrupted. */
  private sealed interface Reason {
    record TimeLimit() implements Reason {}

    record WorkerStops() implements Reason {}

    record NobodyWaits(RuntimeException answer) implements Reason {}
  }

  private final ActionThread action;
  private final Duration limit;
  private final Pulse pulse;
  private final BooleanSupplier superseded;
  private final Supplier<String> progress;
  private final StepLog log;
  private final long began = System.nanoTime();
  private @Nullable Reason reason;
  private long interruptedAt;

  Supervision(
      ActionThread action,
      Duration limit,
      Pulse pulse,
      BooleanSupplier superseded,
      Supplier<String> progress,
      StepLog log) {
    this.action = action;
    this.limit = limit;
    this.pulse = pulse;
    this.superseded = superseded;
    this.progress = progress;
    this.log = log;
  }

  /**
   * @throws InterruptedException when the calling thread was interrupted; the action has stopped
   * @throws RuntimeException what the pulse threw; the action has stopped
   */
  StepOutcome await() throws StepFailedException, InterruptedException {
    var end = next();
    while (end == null) {
      look();
      end = next();
    }
    return switch (end) {
      case ActionThread.End.Done(var outcome) -> outcome;
      case ActionThread.End.Failed(var failure) -> throw after(failure);
      case ActionThread.End.Broken(var why) -> throw after(Breakage.of(why, log));
      case ActionThread.End.Stopped _ ->
          throw after(
              new StepFailedException(
                  FailureType.INFRASTRUCTURE,
                  "the action stopped although nobody asked it to",
                  "This is a defect of the action: see its log."));
    };
  }

  private ActionThread.@Nullable End next() {
    try {
      var left = limit.minusNanos(System.nanoTime() - began);
      var wait = reason == null && left.compareTo(BEAT) < 0 ? left : BEAT;
      return action.await(wait.isNegative() ? Duration.ZERO : wait);
    } catch (InterruptedException e) {
      stop(new Reason.WorkerStops(), "the worker stops");
      return null;
    }
  }

  private void look() {
    var elapsed = Duration.ofNanos(System.nanoTime() - began);
    try {
      pulse.beat(progress.get(), elapsed);
    } catch (RuntimeException e) {
      stop(new Reason.NobodyWaits(e), "it was cancelled, or its run is gone");
    }
    if (superseded.getAsBoolean()) {
      stop(
          new Reason.NobodyWaits(new IllegalStateException("another attempt has begun")),
          "another attempt has begun");
    }
    if (elapsed.compareTo(limit) >= 0) {
      stop(new Reason.TimeLimit(), "it took longer than " + Durations.text(limit));
    }
    if (reason != null && System.nanoTime() - interruptedAt > REMINDER.toNanos()) {
      interrupt("it has not stopped yet");
    }
  }

  private void stop(Reason why, String text) {
    if (reason == null) {
      reason = why;
      interrupt(text);
    }
  }

  private void interrupt(String text) {
    interruptedAt = System.nanoTime();
    action.interrupt();
    log.line("stopping: " + text);
  }

  /** What the reason of an interruption makes of the failure that followed from it. */
  private StepFailedException after(StepFailedException failure) throws InterruptedException {
    var why = reason;
    if (why == null) {
      return failure;
    }
    return switch (why) {
      case Reason.TimeLimit _ -> {
        log.line("when it was stopped: " + failure.failure().happened());
        yield new StepFailedException(
                FailureType.TIMEOUT,
                "took longer than %s and was stopped".formatted(Durations.text(limit)),
                "See in the log what it waited for, or raise the step's `timeout`.")
            .withEvidence(failure.failure().evidence());
      }
      case Reason.WorkerStops _ -> throw new InterruptedException("the worker stops");
      case Reason.NobodyWaits(var answer) -> throw answer;
    };
  }
}
