package dev.slipway.run;

import dev.slipway.action.FailureType;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentQueue;
import dev.slipway.pipeline.Step;
import dev.slipway.step.StepFailure;
import dev.slipway.step.StepRequest;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Performs a step once, as an activity whose type is the action. */
final class StepCall {
  /** The worker stops an attempt at its time limit; it needs this long to end what it started. */
  private static final Duration KILL_GRACE = Duration.ofSeconds(20);

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration WAIT_FOR_FOREIGN_WORKER = Duration.ofSeconds(30);
  private static final Duration WAIT_FOR_SLOT = Duration.ofHours(6);

  /** How often the server gives a step to another worker when one is lost. */
  private static final int LOST_WORKERS = 10;

  /** The server repeats for a lost worker alone; what an action says, the run decides on. */
  private static final String[] NO_LOST_WORKER =
      Stream.concat(
              Stream.of("TemporalTimeout:StartToClose"),
              Arrays.stream(FailureType.values()).map(FailureType::name))
          .toArray(String[]::new);

  private StepCall() {}

  static StepResult perform(Step step, StepRequest request, RunBoard board) {
    try {
      return StepResult.ofAnswer(step.action(), execute(step, request, board));
    } catch (ApplicationFailure notServed) {
      return new StepResult.Failed(
          StepFailure.of(
              FailureType.CONFIGURATION,
              notServed.getOriginalMessage(),
              "Start the worker, and then a new run."));
    } catch (TemporalFailure failure) {
      return StepResult.ofFailure(step.action(), failure);
    }
  }

  private static RawValue execute(Step step, StepRequest request, RunBoard board) {
    var usual = options(step, request);
    if (step.queue() != null) {
      return execute(usual, step, request);
    }
    var environment = environment(step, request);
    if (environment.isPresent()) {
      return board
          .queue(environment.get())
          .perform(usual, EnvironmentQueue.DELIVERY, options -> execute(options, step, request));
    }
    // Nobody else gets the environment that its stage holds.
    var longest = request.environment() == null ? WAIT_FOR_SLOT : EnvironmentQueue.DELIVERY;
    return step.effect().needsEnvironment()
        ? execute(usual, step, request)
        : board.build(usual, longest, options -> execute(options, step, request));
  }

  private static RawValue execute(ActivityOptions options, Step step, StepRequest request) {
    return Workflow.newUntypedActivityStub(options).execute(step.action(), RawValue.class, request);
  }

  /** The environment whose worker performs the step: what runs a commit's own code is not its. */
  private static Optional<EnvironmentId> environment(Step step, StepRequest request) {
    var grant = request.environment();
    return grant == null || step.queue() != null || !step.effect().needsEnvironment()
        ? Optional.empty()
        : Optional.of(new EnvironmentId(request.key().application(), grant.spec().name()));
  }

  private static ActivityOptions options(Step step, StepRequest request) {
    var attempt = request.timeout().plus(KILL_GRACE);
    var options =
        ActivityOptions.newBuilder()
            .setTaskQueue(queue(step))
            .setStartToCloseTimeout(attempt)
            .setScheduleToCloseTimeout(WAIT_FOR_SLOT.plus(attempt.multipliedBy(2)))
            .setHeartbeatTimeout(HEARTBEAT)
            .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofMillis(500))
                    .setMaximumInterval(Duration.ofSeconds(5))
                    .setMaximumAttempts(LOST_WORKERS)
                    .setDoNotRetry(NO_LOST_WORKER)
                    .build())
            .setSummary(request.key().stage() + " › " + step.name());
    if (step.queue() != null) {
      options.setScheduleToStartTimeout(WAIT_FOR_FOREIGN_WORKER);
    }
    return options.build();
  }

  /** What changes an environment never waits behind a build. */
  private static String queue(Step step) {
    if (step.queue() != null) {
      return step.queue();
    }
    return step.effect().needsEnvironment()
        ? PipelineWorkflow.TASK_QUEUE
        : PipelineWorkflow.BUILD_QUEUE;
  }
}
