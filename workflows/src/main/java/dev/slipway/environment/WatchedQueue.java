package dev.slipway.environment;

import dev.slipway.action.Durations;
import dev.slipway.action.FailureType;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A task queue from which perhaps nobody takes; what waits there for long says so. Workflow code.
 */
public final class WatchedQueue {
  /** A worker that is there takes work at once; one that is started anew, within this time. */
  private static final Duration SOON = Duration.ofSeconds(30);

  private final String name;
  private final String who;
  private final String duty;
  private final EnvironmentQueue.Watcher watcher;

  /**
   * @param who takes from it: a worker, or a free one where there are few slots
   * @param duty as {@code SLIPWAY_SERVES} has it
   */
  public WatchedQueue(String name, String who, String duty, EnvironmentQueue.Watcher watcher) {
    this.name = name;
    this.who = who;
    this.duty = duty;
    this.watcher = watcher;
  }

  /**
   * Has work done.
   *
   * @param usual the options where one queue serves all
   * @param longest for which it waits in vain for a worker
   * @param work calls one activity with the options that it is given; it may be called twice, the
   *     second time when nobody has taken the first
   * @throws ApplicationFailure when no worker serves the queue
   */
  public <T extends @Nullable Object> T perform(
      ActivityOptions usual, Duration longest, Function<ActivityOptions, T> work) {
    try {
      return work.apply(waiting(usual, SOON));
    } catch (ActivityFailure failure) {
      if (!isNotTaken(failure)) {
        throw failure;
      }
    }
    return performAfterAll(usual, longest, work);
  }

  private <T extends @Nullable Object> T performAfterAll(
      ActivityOptions usual, Duration longest, Function<ActivityOptions, T> work) {
    var what = "a %s that serves %s (SLIPWAY_SERVES=%s)".formatted(who, duty, duty);
    watcher.waitsFor(what);
    T answer;
    try {
      answer = work.apply(waiting(usual, longest));
    } catch (RuntimeException failure) {
      watcher.hasStoppedWaitingFor(what);
      throw isNotTaken(failure) ? notServed(longest) : failure;
    }
    watcher.hasStoppedWaitingFor(what);
    return answer;
  }

  private ActivityOptions waiting(ActivityOptions usual, Duration time) {
    return ActivityOptions.newBuilder(usual)
        .setTaskQueue(name)
        .setScheduleToStartTimeout(time)
        .setScheduleToCloseTimeout(usual.getScheduleToCloseTimeout().plus(time))
        .build();
  }

  private static boolean isNotTaken(RuntimeException failure) {
    return failure instanceof ActivityFailure
        && failure.getCause() instanceof TimeoutFailure timeout
        && timeout.getTimeoutType() == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START;
  }

  private ApplicationFailure notServed(Duration longest) {
    return ApplicationFailure.newNonRetryableFailure(
        "no %s serves %s, for %s now; start one with SLIPWAY_SERVES=%s"
            .formatted(who, duty, Durations.text(longest.plus(SOON)), duty),
        FailureType.CONFIGURATION.name());
  }
}
