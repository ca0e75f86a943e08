package dev.slipway.run;

import dev.slipway.action.ContainerSpecs;
import dev.slipway.action.FailureType;
import dev.slipway.alarm.WorkflowFailures;
import dev.slipway.artifact.Digest;
import dev.slipway.image.ImageActivities;
import dev.slipway.image.ImageTagging;
import dev.slipway.pipeline.Interpolation;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Stage;
import dev.slipway.pipeline.Step;
import dev.slipway.pipeline.StepId;
import dev.slipway.run.StageState.Status;
import dev.slipway.step.StepOutcome;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The images that a run's steps have pushed. They get the tags that people know them by when every
 * gate before an environment has passed, so that a tag in a registry means tested and scanned.
 */
final class BuiltImages {
  private static final Duration ONE_TRY = Duration.ofMinutes(2);
  private static final Duration ALL_TRIES = Duration.ofMinutes(10);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final RunBoard board;
  private final Pipeline pipeline;
  private final RunReferences references;
  private final Set<StepId> tagged = new LinkedHashSet<>();

  BuiltImages(RunBoard board, Pipeline pipeline) {
    this.board = board;
    this.pipeline = pipeline;
    this.references = new RunReferences(board);
  }

  /** Tags what was built on the way to a group; answers why that was not possible. */
  Optional<String> tagBefore(StageGroup group) {
    var before = group.before(pipeline);
    return tag(stage -> before.contains(stage.name()));
  }

  /**
   * Tags what no environment came after; answers why that was not possible. What a skipped stage
   * should have looked at stays without a tag.
   */
  Optional<String> tagRest() {
    return board.stages().stream().anyMatch(stage -> stage.status() == Status.SKIPPED)
        ? Optional.empty()
        : tag(stage -> true);
  }

  private interface Choice {
    boolean has(Stage stage);
  }

  private Optional<String> tag(Choice choice) {
    for (var each : board.stages()) {
      if (choice.has(each.stage())) {
        for (var step : each.stage().steps()) {
          var fault = each.outcome(step.name()).flatMap(built -> tag(each.stage(), step, built));
          if (fault.isPresent()) {
            return fault;
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> tag(Stage stage, Step step, StepOutcome built) {
    var id = new StepId(stage.name(), step.name());
    var repository = built.outputs().get("repository");
    var digest = built.outputs().get("digest");
    if (repository == null || digest == null || tagged.contains(id)) {
      return Optional.empty();
    }
    var wanted = Interpolation.insert(step.params(), references::value);
    var tags = wanted.texts(ContainerSpecs.TAGS);
    if (tags.isEmpty()) {
      return Optional.empty();
    }
    try {
      activity(id)
          .tag(
              new ImageTagging(
                  board.id(),
                  id.toString(),
                  repository,
                  new Digest(digest),
                  tags,
                  wanted.text(ContainerSpecs.USERNAME).orElse(null),
                  wanted.text(ContainerSpecs.PASSWORD).orElse(null)));
    } catch (TemporalFailure failure) {
      if (WorkflowFailures.isStop(failure)) {
        throw failure;
      }
      return Optional.of(
          "the image of step %s was not tagged: %s"
              .formatted(step.name(), WorkflowFailures.reason(failure)));
    } catch (IllegalArgumentException foreign) {
      return Optional.of("step %s answered no digest: %s".formatted(step.name(), digest));
    }
    tagged.add(id);
    return Optional.empty();
  }

  private static ImageActivities activity(StepId step) {
    return Workflow.newActivityStub(
        ImageActivities.class,
        ActivityOptions.newBuilder()
            .setTaskQueue(PipelineWorkflow.TASK_QUEUE)
            .setStartToCloseTimeout(ONE_TRY)
            .setScheduleToCloseTimeout(ALL_TRIES)
            .setHeartbeatTimeout(HEARTBEAT)
            .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofSeconds(2))
                    .setMaximumAttempts(5)
                    .setDoNotRetry(
                        FailureType.CONFIGURATION.name(),
                        FailureType.CONFLICT.name(),
                        FailureType.FINDINGS.name())
                    .build())
            .setSummary("tags of " + step)
            .build());
  }
}
