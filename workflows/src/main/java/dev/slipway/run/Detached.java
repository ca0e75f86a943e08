package dev.slipway.run;

import dev.slipway.alarm.WorkflowFailures;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.util.Objects;
import java.util.function.Supplier;

/** Does what must happen although the run is being stopped. */
final class Detached {
  private Detached() {}

  static void run(Runnable work) {
    Workflow.newDetachedCancellationScope(work).run();
  }

  /**
   * Goes back. When not even how that ended can be said in the ledger, people must look; when that
   * is because no worker was there to do it, the environment is left to its guard, which goes on in
   * place of a run that ended while it held it.
   */
  static Ending wayBack(EnvironmentLink link, Supplier<Ending> work) {
    var environment = link.id().name();
    var ending = new Ending[1];
    try {
      run(() -> ending[0] = work.get());
    } catch (RuntimeException failure) {
      Workflow.getLogger(Detached.class)
          .error("the way back in {} broke off", environment, failure);
      var left = failure instanceof ApplicationFailure && link.leave();
      return new Ending(
          RunStatus.ROLLBACK_FAILED,
          "the way back in %s broke off: %s%s"
              .formatted(
                  environment,
                  WorkflowFailures.reason(failure),
                  left ? "; it stays locked until that has been recovered" : ""));
    }
    return Objects.requireNonNull(ending[0]);
  }
}
