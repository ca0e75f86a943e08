package dev.slipway.worker.engine;

import dev.slipway.run.SearchAttributes;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** Counts what it is told until it has reached a number. */
@WorkflowInterface
public interface CounterWorkflow {
  @WorkflowMethod
  int countTo(int end, boolean searchAttributes);

  @SignalMethod
  void add(int amount);

  @QueryMethod
  int count();

  @UpdateMethod
  int addNow(int amount);

  @UpdateValidatorMethod(updateName = "addNow")
  void validateAddNow(int amount);

  /** Doubles. */
  @ActivityInterface
  interface Doubling {
    int twice(int number);
  }

  /** Doubles at once. */
  class DoublingActivity implements Doubling {
    @Override
    public int twice(int number) {
      return 2 * number;
    }
  }

  /** Answers twice the number it has reached. */
  class Counter implements CounterWorkflow {
    private final Doubling doubling =
        Workflow.newActivityStub(
            Doubling.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofSeconds(10)).build());
    private int count;

    @Override
    public int countTo(int end, boolean searchAttributes) {
      if (searchAttributes) {
        Workflow.upsertTypedSearchAttributes(
            SearchAttributes.APPLICATION.valueSet("counter"),
            SearchAttributes.STAGE.valueSet("counting"));
      }
      Workflow.await(() -> count >= end);
      return doubling.twice(count);
    }

    @Override
    public void add(int amount) {
      count += amount;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public int addNow(int amount) {
      count += amount;
      return count;
    }

    @Override
    public void validateAddNow(int amount) {
      if (amount < 0) {
        throw new IllegalArgumentException("only upwards");
      }
    }
  }
}
