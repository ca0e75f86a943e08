package dev.slipway.run;

import dev.slipway.environment.EnvironmentActivities;
import dev.slipway.environment.EnvironmentActivities.RollbackChoice;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentQueue;
import dev.slipway.environment.LockAnswer;
import dev.slipway.environment.LockMessage;
import dev.slipway.pipeline.EnvironmentSpec;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run's links to the environments of its application. */
final class EnvironmentLinks {
  private static final RetryOptions RETRY =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofMillis(500))
          .setMaximumInterval(Duration.ofSeconds(20))
          .build();

  private final Clerks clerks = new Clerks();
  private final RunBoard board;
  private final Map<String, EnvironmentLink> links = new LinkedHashMap<>();

  /** Who does for the links what workflow code can't. */
  static final class Clerks {
    private static final ActivityOptions CONTROL =
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofMinutes(1))
            .setScheduleToCloseTimeout(Duration.ofMinutes(30))
            .setRetryOptions(RETRY)
            .build();

    /** A message takes a moment, and as a local activity one event of the history and not six. */
    private final EnvironmentActivities messengers =
        Workflow.newLocalActivityStub(
            EnvironmentActivities.class,
            LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofSeconds(5))
                .setScheduleToCloseTimeout(Duration.ofMinutes(30))
                .setRetryOptions(RETRY)
                .build());

    /** Has an activity done for the environment of this queue. */
    <T> T call(
        EnvironmentQueue queue, Duration longest, Function<EnvironmentActivities, T> activity) {
      return queue.call(CONTROL, longest, activity);
    }

    /**
     * Sends a message. A stop does not break it off: one that is still on its way could arrive
     * after the release of the lock and take it again, for nobody.
     */
    void tell(EnvironmentId environment, LockMessage message) {
      Detached.run(() -> messengers.tell(environment, message));
    }
  }

  EnvironmentLinks(RunBoard board) {
    this.board = board;
  }

  /** The release that a way back would go to, before the environment is engaged. */
  RollbackChoice choose(EnvironmentId environment, @Nullable Long to) {
    return clerks.call(
        board.queue(environment),
        EnvironmentQueue.WAY_BACK,
        activities -> activities.chooseRelease(environment, to, null));
  }

  EnvironmentLink to(EnvironmentSpec spec) {
    return links.computeIfAbsent(
        spec.name(),
        name ->
            new EnvironmentLink(
                clerks,
                board.queue(new EnvironmentId(board.id().application(), name)),
                spec,
                board.id()));
  }

  /** Takes an answer; one from an environment that this run never asked is none. */
  Optional<EnvironmentLink> answered(LockAnswer answer) {
    var link = Optional.ofNullable(links.get(answer.environment()));
    link.ifPresent(known -> known.answered(answer));
    return link;
  }
}
