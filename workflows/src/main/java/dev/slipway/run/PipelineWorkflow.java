package dev.slipway.run;

import dev.slipway.approval.DecisionRequest;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/** A run: one execution of a pipeline for one commit, or one rollback of an environment. */
@WorkflowInterface
public interface PipelineWorkflow {
  /** The task queue of workflows and of everything that must never wait behind a build. */
  String TASK_QUEUE = "slipway";

  /** The task queue of steps that build, test or check. */
  String BUILD_QUEUE = "slipway-build";

  @WorkflowMethod(name = "Pipeline")
  RunState run(RunInput input);

  /** The run as it stands. */
  @QueryMethod
  RunState state();

  /** Says yes; what can't be read is a refused decision, never an error. */
  @SignalMethod
  void approve(RawValue request);

  /** Says no. */
  @SignalMethod
  void reject(RawValue request);

  /** Says yes or no and answers whether it counts; the failure's message says why it does not. */
  @UpdateMethod
  RunState decide(DecisionRequest request);

  @UpdateValidatorMethod(updateName = "decide")
  void validateDecide(DecisionRequest request);

  /** Begins no further step before a person approves; the failure's message says why it can't. */
  @UpdateMethod
  RunState pause(DecisionRequest request);

  @UpdateValidatorMethod(updateName = "pause")
  void validatePause(DecisionRequest request);

  /** The environment's lock was granted, or refused; sent by {@code EnvironmentWorkflow}. */
  @SignalMethod
  void environmentAnswered(RawValue answer);

  /** Names of signals, for clients without this interface. */
  List<String> SIGNALS = List.of("approve", "reject", "environmentAnswered");
}
