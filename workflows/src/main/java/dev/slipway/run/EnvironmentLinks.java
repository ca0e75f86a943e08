package dev.slipway.run;

import dev.slipway.environment.EnvironmentActivities;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LockAnswer;
import dev.slipway.pipeline.EnvironmentSpec;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run's links to the environments of its application. */
final class EnvironmentLinks {
  private final EnvironmentActivities activities =
      Workflow.newActivityStub(
          EnvironmentActivities.class,
          ActivityOptions.newBuilder()
              .setStartToCloseTimeout(Duration.ofMinutes(1))
              .setScheduleToCloseTimeout(Duration.ofMinutes(30))
              .setRetryOptions(
                  RetryOptions.newBuilder()
                      .setInitialInterval(Duration.ofMillis(500))
                      .setMaximumInterval(Duration.ofSeconds(20))
                      .build())
              .build());

  private final RunId run;
  private final Map<String, EnvironmentLink> links = new LinkedHashMap<>();

  EnvironmentLinks(RunId run) {
    this.run = run;
  }

  EnvironmentActivities activities() {
    return activities;
  }

  EnvironmentLink to(EnvironmentSpec spec) {
    return links.computeIfAbsent(
        spec.name(),
        name ->
            new EnvironmentLink(activities, new EnvironmentId(run.application(), name), spec, run));
  }

  /** Takes an answer; one from an environment that this run never asked is left out. */
  void answered(LockAnswer answer) {
    var link = links.get(answer.environment());
    if (link != null) {
      link.answered(answer);
    }
  }
}
