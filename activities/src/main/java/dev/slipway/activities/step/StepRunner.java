package dev.slipway.activities.step;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.Durations;
import dev.slipway.action.FailureType;
import dev.slipway.activities.duty.Duties;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepFailure;
import dev.slipway.step.StepRequest;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ApplicationFailure;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Performs steps as Temporal activities, whose type is the action's name.
 *
 * <p>A step's failure is an application failure whose type is the failure's and whose detail is the
 * {@link StepFailure}; the server does not retry it, since that is the run's decision. Only what
 * says nothing about the step is left to the server's retries: a lost worker, and one that stops
 * ({@value #WORKER_STOPS}).
 */
public final class StepRunner implements DynamicActivity {
  /** The type of the failure that the server may retry at once, on another worker. */
  public static final String WORKER_STOPS = "WORKER_STOPS";

  private final Duties duties;
  private final Actions actions;
  private final StepPerformer performer;

  public StepRunner(Duties duties, Actions actions, StepPerformer performer) {
    this.duties = duties;
    this.actions = actions;
    this.performer = performer;
  }

  @Override
  public Object execute(EncodedValues arguments) {
    var activity = Activity.getExecutionContext();
    try {
      var action = actions.require(activity.getInfo().getActivityType());
      var request = read(arguments);
      requireDuty(action.spec(), request);
      return performer.perform(
          action,
          request,
          (progress, elapsed) ->
              activity.heartbeat(new StepProgress(progress, Durations.text(elapsed))));
    } catch (StepFailedException e) {
      throw failure(e.failure());
    } catch (InterruptedException e) {
      // Not interrupted again: the answer must still reach the server.
      throw ApplicationFailure.newFailureWithCause(
          "the worker stopped while it performed the step", WORKER_STOPS, e);
    }
  }

  /** A pipeline file names a step's queue as it likes; what a worker does, its owner says. */
  private void requireDuty(ActionSpec action, StepRequest request) throws StepFailedException {
    if (action.effect().needsEnvironment()) {
      var environment = Grants.of(request).spec();
      duties.require(new EnvironmentId(request.key().application(), environment.name()));
      duties.requireOnMachine(environment);
    } else {
      duties.requireBuild(action.name());
    }
  }

  private static StepRequest read(EncodedValues arguments) throws StepFailedException {
    try {
      return complete(arguments.get(0, StepRequest.class));
    } catch (DataConverterException | IllegalArgumentException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the step's request can't be read: " + e.getMessage(),
          "Do the run and this worker have fitting versions?",
          e);
    }
  }

  /** What another version left out would otherwise be met in the middle of the work. */
  private static StepRequest complete(@Nullable StepRequest request) {
    if (request == null
        || Stream.of(
                request.key(),
                request.source(),
                request.params(),
                request.directory(),
                request.env(),
                request.artifacts(),
                request.timeout())
            .anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("something in it is missing");
    }
    return request;
  }

  private static ApplicationFailure failure(StepFailure failure) {
    return ApplicationFailure.newBuilder()
        .setType(failure.type().name())
        .setMessage(failure.happened() + ". " + failure.advice())
        .setDetails(failure)
        .setNonRetryable(true)
        .build();
  }
}
