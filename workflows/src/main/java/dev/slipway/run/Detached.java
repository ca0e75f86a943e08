package dev.slipway.run;

import dev.slipway.alarm.WorkflowFailures;
import io.temporal.workflow.Workflow;
import java.util.Objects;
import java.util.function.Supplier;

/** Does what must happen although the run is being stopped. */
final class Detached {
  private Detached() {}

  static void run(Runnable work) {
    Workflow.newDetachedCancellationScope(work).run();
  }

  /** Goes back; when not even that can be said in the ledger, people must look. */
  static Ending wayBack(String environment, Supplier<Ending> work) {
    var ending = new Ending[1];
    try {
      run(() -> ending[0] = work.get());
    } catch (RuntimeException failure) {
      Workflow.getLogger(Detached.class)
          .error("the way back in {} broke off", environment, failure);
      return new Ending(
          RunStatus.ROLLBACK_FAILED,
          "the way back in %s broke off: %s"
              .formatted(environment, WorkflowFailures.reason(failure)));
    }
    return Objects.requireNonNull(ending[0]);
  }
}
