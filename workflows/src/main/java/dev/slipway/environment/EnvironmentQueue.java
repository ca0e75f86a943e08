package dev.slipway.environment;

import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the work of one environment is done. Its queue is named by application and environment, so
 * that no other application's work comes to a worker with this environment's credentials; and
 * perhaps nobody takes from it. Workflow code.
 */
public final class EnvironmentQueue {
  /** How long nobody need take a delivery's work, before it is given up. */
  public static final Duration DELIVERY = Duration.ofMinutes(5);

  /** The same for a way back, and for the record of what has happened. */
  public static final Duration WAY_BACK = Duration.ofDays(1);

  private static final String PREFIX = "slipway/";

  private final EnvironmentId environment;
  private final EnvironmentQueues queues;
  private final Watcher watcher;

  /** Who is told that nobody takes the work. */
  public interface Watcher {
    /** It is waited for. */
    void waitsFor(String what);

    /** It is waited for no more. */
    void hasStoppedWaitingFor(String what);
  }

  public EnvironmentQueue(EnvironmentId environment, EnvironmentQueues queues, Watcher watcher) {
    this.environment = environment;
    this.queues = queues;
    this.watcher = watcher;
  }

  /** The name of an environment's own queue: {@code slipway/storefront/production}. */
  public static String name(EnvironmentId environment) {
    return PREFIX + environment.path();
  }

  public EnvironmentId environment() {
    return environment;
  }

  public EnvironmentQueues queues() {
    return queues;
  }

  /** Calls an activity of the environment, as {@link #perform} does. */
  public <T extends @Nullable Object> T call(
      ActivityOptions usual, Duration longest, Function<EnvironmentActivities, T> activity) {
    return perform(
        usual,
        longest,
        options -> activity.apply(Workflow.newActivityStub(EnvironmentActivities.class, options)));
  }

  /**
   * Has work done.
   *
   * @param usual the options where one queue serves all
   * @param longest for which it waits in vain for a worker
   * @param work calls one activity with the options that it is given; it may be called twice, the
   *     second time when nobody has taken the first
   * @throws ApplicationFailure when no worker serves the environment
   */
  public <T extends @Nullable Object> T perform(
      ActivityOptions usual, Duration longest, Function<ActivityOptions, T> work) {
    return queues == EnvironmentQueues.ONE_FOR_ALL
        ? work.apply(usual)
        : new WatchedQueue(name(environment), "worker", environment.path(), watcher)
            .perform(usual, longest, work);
  }
}
