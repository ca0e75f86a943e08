package dev.slipway.starter.client;

import dev.slipway.approval.DecisionRequest;
import dev.slipway.pipeline.RunId;
import dev.slipway.run.PipelineWorkflow;
import dev.slipway.run.RunInput;
import dev.slipway.run.RunState;
import dev.slipway.starter.local.TroubleException;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;

/** Starts runs, looks at them and speaks to them, through Temporal. */
public final class RunClient implements AutoCloseable {
  private final TemporalConnection connection;
  private final String engineIdentity;

  RunClient(TemporalConnection connection, String engineIdentity) {
    this.connection = connection;
    this.engineIdentity = engineIdentity;
  }

  /** Names the engine. */
  public String engineIdentity() {
    return engineIdentity;
  }

  /** Host and port of Temporal. */
  public String address() {
    return connection.address();
  }

  /** Whether Temporal answers now. */
  public boolean answers() {
    return connection.answers();
  }

  /** Whether it is known that nothing would take up a run. */
  boolean lacksWorker() {
    return connection.lacksWorker(PipelineWorkflow.TASK_QUEUE);
  }

  /** Starts a run; one that has begun already stays as it is. */
  public void start(RunInput input) throws TroubleException {
    var workflow =
        connection
            .client()
            .newWorkflowStub(
                PipelineWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(input.id().workflowId())
                    .setTaskQueue(PipelineWorkflow.TASK_QUEUE)
                    .setStaticSummary(summary(input))
                    .build());
    try {
      WorkflowClient.start(workflow::run, input);
    } catch (WorkflowExecutionAlreadyStarted e) {
      return;
    } catch (WorkflowException | StatusRuntimeException e) {
      throw unreachable(e);
    }
  }

  private static String summary(RunInput input) {
    return switch (input.kind()) {
      case RunInput.Deliver deliver ->
          "%s: %.8s by %s".formatted(input.id(), deliver.commit(), input.by());
      case RunInput.Rollback rollback ->
          "%s: rollback of %s by %s".formatted(input.id(), rollback.environment(), input.by());
    };
  }

  /**
   * Asks a run how it stands.
   *
   * @return empty when no worker answered in time
   * @throws UnknownRunException when Temporal has no such run, or ended it itself
   */
  public Optional<RunState> state(RunId run) throws TroubleException, UnknownRunException {
    try {
      var stub = stub(run);
      // A run that the engine itself ended answers no more, and keeps who asks waiting.
      switch (stub.describe().getStatus()) {
        case WORKFLOW_EXECUTION_STATUS_TERMINATED ->
            throw new UnknownRunException("it was terminated in Temporal");
        case WORKFLOW_EXECUTION_STATUS_TIMED_OUT ->
            throw new UnknownRunException("Temporal's time limit ended it");
        default -> {}
      }
      return Optional.of(stub.query("state", RunState.class));
    } catch (WorkflowNotFoundException e) {
      throw new UnknownRunException();
    } catch (WorkflowException e) {
      return Optional.empty();
    } catch (StatusRuntimeException e) {
      throw unreachable(e);
    }
  }

  /** Says yes or no to the run's open question, and answers how the run stands then. */
  public RunState decide(RunId run, DecisionRequest request)
      throws TroubleException, UnknownRunException {
    return update(run, "decide", request);
  }

  /** Has the run begin no further step before a person says yes. */
  public RunState pause(RunId run, DecisionRequest request)
      throws TroubleException, UnknownRunException {
    return update(run, "pause", request);
  }

  private RunState update(RunId run, String name, DecisionRequest request)
      throws TroubleException, UnknownRunException {
    try {
      return stub(run).update(name, RunState.class, request);
    } catch (WorkflowNotFoundException e) {
      throw new UnknownRunException();
    } catch (WorkflowUpdateException e) {
      throw TroubleException.input(refusal(e), "see where the run stands: slipway status " + run);
    } catch (WorkflowException | StatusRuntimeException e) {
      throw unreachable(e);
    }
  }

  private static String refusal(WorkflowUpdateException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure failure) {
        return failure.getOriginalMessage();
      }
    }
    return String.valueOf(e.getMessage());
  }

  /** Asks the run to stop; the environment that it is changing goes back. */
  public void cancel(RunId run) throws TroubleException, UnknownRunException {
    try {
      stub(run).cancel();
    } catch (WorkflowNotFoundException e) {
      throw new UnknownRunException();
    } catch (WorkflowException | StatusRuntimeException e) {
      throw unreachable(e);
    }
  }

  private WorkflowStub stub(RunId run) {
    return connection.client().newUntypedWorkflowStub(run.workflowId());
  }

  private TroubleException unreachable(RuntimeException e) {
    var cause = e.getCause() == null ? e : e.getCause();
    return new TroubleException(
        TroubleException.Kind.FAILURE,
        "Temporal at %s does not answer: %s".formatted(connection.address(), cause.getMessage()),
        "look at the server: slipway server status",
        e);
  }

  @Override
  public void close() {
    connection.close();
  }

  /** Thrown when Temporal knows no such run, no longer, or nothing but that it ended it. */
  public static final class UnknownRunException extends Exception {
    UnknownRunException() {
      this("Temporal knows no such run");
    }

    UnknownRunException(String why) {
      super(why);
    }
  }
}
