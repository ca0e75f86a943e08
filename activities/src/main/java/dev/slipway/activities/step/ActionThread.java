package dev.slipway.activities.step;

import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An action at work on a thread of its own, which an interruption stops. */
final class ActionThread {
  /** How it ended. */
  sealed interface End {
    record Done(StepOutcome outcome) implements End {}

    record Failed(StepFailedException failure) implements End {}

    /** It was interrupted and has stopped. */
    record Stopped() implements End {}

    /** It has a defect, or the machine has. */
    record Broken(Throwable why) implements End {}
  }

  private final Thread thread;
  private volatile @Nullable End end;

  private ActionThread(Action action, StepContext context) {
    this.thread =
        Thread.ofVirtual()
            .name("step " + context.request().key())
            .unstarted(() -> end = perform(action, context));
  }

  static ActionThread start(Action action, StepContext context) {
    var work = new ActionThread(action, context);
    work.thread.start();
    return work;
  }

  /** Waits for its end, at most that long; empty when it still works. */
  @Nullable End await(Duration most) throws InterruptedException {
    return thread.join(most) ? end : null;
  }

  void interrupt() {
    thread.interrupt();
  }

  /** The edge where an action's code meets ours: whatever it throws becomes an end. */
  private static End perform(Action action, StepContext context) {
    try {
      return new End.Done(action.perform(context));
    } catch (StepFailedException e) {
      return new End.Failed(e);
    } catch (InterruptedException e) {
      return new End.Stopped();
    } catch (Throwable e) {
      return new End.Broken(e);
    }
  }
}
