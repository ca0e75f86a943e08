package dev.slipway.run;

import dev.slipway.environment.EnvironmentActivities;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LockAnswer;
import dev.slipway.environment.LockMessage;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.RunId;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A run's links to the environments of its application. */
final class EnvironmentLinks {
  private static final RetryOptions RETRY =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofMillis(500))
          .setMaximumInterval(Duration.ofSeconds(20))
          .build();

  private final Clerks clerks = new Clerks();
  private final RunId run;
  private final Map<String, EnvironmentLink> links = new LinkedHashMap<>();

  /** Who does for the links what workflow code can't. */
  static final class Clerks {
    private final EnvironmentActivities activities =
        Workflow.newActivityStub(
            EnvironmentActivities.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(1))
                .setScheduleToCloseTimeout(Duration.ofMinutes(30))
                .setRetryOptions(RETRY)
                .build());

    /** A message takes a moment, and as a local activity one event of the history and not six. */
    private final EnvironmentActivities messengers =
        Workflow.newLocalActivityStub(
            EnvironmentActivities.class,
            LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofSeconds(5))
                .setScheduleToCloseTimeout(Duration.ofMinutes(30))
                .setRetryOptions(RETRY)
                .build());

    EnvironmentActivities activities() {
      return activities;
    }

    /**
     * Sends a message. A stop does not break it off: one that is still on its way could arrive
     * after the release of the lock and take it again, for nobody.
     */
    void tell(EnvironmentId environment, LockMessage message) {
      Detached.run(() -> messengers.tell(environment, message));
    }
  }

  EnvironmentLinks(RunId run) {
    this.run = run;
  }

  EnvironmentActivities activities() {
    return clerks.activities();
  }

  EnvironmentLink to(EnvironmentSpec spec) {
    return links.computeIfAbsent(
        spec.name(),
        name -> new EnvironmentLink(clerks, new EnvironmentId(run.application(), name), spec, run));
  }

  /** Takes an answer; one from an environment that this run never asked is none. */
  Optional<EnvironmentLink> answered(LockAnswer answer) {
    var link = Optional.ofNullable(links.get(answer.environment()));
    link.ifPresent(known -> known.answered(answer));
    return link;
  }
}
