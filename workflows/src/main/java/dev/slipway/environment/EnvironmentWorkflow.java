package dev.slipway.environment;

import io.temporal.common.converter.RawValue;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Guards one environment of one application for ever: who may change it, in which order, and what
 * happens when the one who may dies. Releases themselves are in the ledger, which is storage.
 */
@WorkflowInterface
public interface EnvironmentWorkflow {
  /** The workflow's type. */
  String TYPE = "Environment";

  /** The signal that brings a {@link LockMessage}. */
  String LOCK_SIGNAL = "lock";

  @WorkflowMethod(name = TYPE)
  void guard(Input input);

  /** A message from a run; one that can't be read is left out and counted. */
  @SignalMethod(name = LOCK_SIGNAL)
  void lock(RawValue message);

  @QueryMethod
  State state();

  /**
   * What the workflow carries on.
   *
   * @param queue {@link LockQueue#EMPTY} at first
   * @param recoverySteps how many steps recoveries have taken, so that their tokens go on rising;
   *     null for none
   */
  record Input(EnvironmentId environment, LockQueue queue, @Nullable Integer recoverySteps) {
    /** The first execution's. */
    public static Input first(EnvironmentId environment, LockQueue queue) {
      return new Input(environment, queue, null);
    }
  }

  /**
   * The environment's head.
   *
   * @param holder the run that may change it
   * @param waiting runs that wait, for the lock or for a person
   * @param recovering the dead run whose changes are being taken back
   */
  record State(
      EnvironmentId environment,
      @Nullable Long holder,
      List<Long> waiting,
      @Nullable Long recovering) {
    public State {
      waiting = List.copyOf(waiting);
    }
  }
}
