package dev.slipway.alarm;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Does something after a time, unless it is switched off before. Its callback runs in the order of
 * the history's events, so that it and a message's handler agree on who came first, also when a
 * worker reads both at once after an outage; {@code Workflow.await} with a time limit would let the
 * deadline win, and leave its timer behind.
 */
public final class Alarm implements AutoCloseable {
  private final CancellationScope timer;

  private Alarm(CancellationScope timer) {
    this.timer = timer;
  }

  /** Starts to wait. */
  public static Alarm after(Duration time, Runnable then) {
    var timer =
        Workflow.newCancellationScope(
            () ->
                Workflow.newTimer(time)
                    .handle(
                        (fired, cancelled) -> {
                          if (cancelled == null) {
                            then.run();
                          }
                          return null;
                        }));
    timer.run();
    return new Alarm(timer);
  }

  /** Switches it off; nothing happens when it has already rung. */
  @Override
  public void close() {
    timer.cancel();
  }
}
