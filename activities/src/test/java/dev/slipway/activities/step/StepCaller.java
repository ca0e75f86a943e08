package dev.slipway.activities.step;

import dev.slipway.step.StepOutcome;
import dev.slipway.step.StepRequest;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A run that has one step. */
@WorkflowInterface
public interface StepCaller {
  @WorkflowMethod
  StepOutcome call(String action, StepRequest request);

  @SignalMethod
  void cancel();

  /** Calls it as a run does. */
  final class Impl implements StepCaller {
    private @Nullable CancellationScope scope;

    @Override
    public StepOutcome call(String action, StepRequest request) {
      var options =
          ActivityOptions.newBuilder()
              .setStartToCloseTimeout(Duration.ofMinutes(1))
              .setHeartbeatTimeout(Duration.ofSeconds(10))
              .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
              .setRetryOptions(
                  RetryOptions.newBuilder().setInitialInterval(Duration.ofMillis(100)).build())
              .build();
      var outcome = new StepOutcome[1];
      scope =
          Workflow.newCancellationScope(
              () ->
                  outcome[0] =
                      Workflow.newUntypedActivityStub(options)
                          .execute(action, StepOutcome.class, request));
      scope.run();
      return outcome[0];
    }

    @Override
    public void cancel() {
      if (scope != null) {
        scope.cancel();
      }
    }
  }
}
