package dev.slipway.activities.environment;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work of an activity that is no step: it heartbeats while it works, stops when the engine says so,
 * and fails with a type. Only what another try can mend is tried again.
 */
public final class ControlledWork {
  private static final Duration BEAT = Duration.ofSeconds(2);

  private ControlledWork() {}

  /** Something that takes a while. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws StepFailedException, InterruptedException, IOException;
  }

  /** Does the work on a thread of its own, which is interrupted when the activity is stopped. */
  public static <T> T run(Work<T> work) {
    var context = Activity.getExecutionContext();
    var task = new FutureTask<T>(work::run);
    var thread = Thread.ofVirtual().name("control").start(task);
    try {
      while (true) {
        try {
          return task.get(BEAT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillWorking) {
          context.heartbeat(null);
        }
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (ActivityCompletionException stopped) {
      stop(thread);
      throw stopped;
    } catch (InterruptedException e) {
      stop(thread);
      Thread.currentThread().interrupt();
      throw ApplicationFailure.newFailure("the worker is stopping", FailureType.TRANSIENT.name());
    }
  }

  private static void stop(Thread thread) {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException failure(Throwable cause) {
    return switch (cause) {
      case StepFailedException failed -> {
        var failure = failed.failure();
        var message = failure.happened() + ". " + failure.advice();
        yield switch (failure.type()) {
          case TRANSIENT, INFRASTRUCTURE, UNHEALTHY ->
              ApplicationFailure.newFailureWithCause(message, failure.type().name(), failed);
          case CONFIGURATION, BUILD_FAILED, TESTS_FAILED, FINDINGS, TIMEOUT, CANCELLED, CONFLICT ->
              ApplicationFailure.newNonRetryableFailureWithCause(
                  message, failure.type().name(), failed);
        };
      }
      case BrokenLedgerException broken ->
          ApplicationFailure.newNonRetryableFailureWithCause(
              String.valueOf(broken.getMessage()), FailureType.CONFLICT.name(), broken);
      case IOException io ->
          ApplicationFailure.newFailureWithCause(
              String.valueOf(io.getMessage()), FailureType.INFRASTRUCTURE.name(), io);
      default ->
          ApplicationFailure.newFailureWithCause(
              cause.toString(), FailureType.INFRASTRUCTURE.name(), cause);
    };
  }
}
