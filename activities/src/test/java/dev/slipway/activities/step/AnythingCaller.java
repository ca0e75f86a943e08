package dev.slipway.activities.step;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.step.StepOutcome;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** A run of another version, which asks for a step in its own way. */
@WorkflowInterface
public interface AnythingCaller {
  @WorkflowMethod(name = "StepCallerOfAnything")
  StepOutcome call(String action, JsonNode request);

  /** Hands the request on as it is. */
  final class Impl implements AnythingCaller {
    @Override
    public StepOutcome call(String action, JsonNode request) {
      return Workflow.newUntypedActivityStub(
              ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build())
          .execute(action, StepOutcome.class, request);
    }
  }
}
