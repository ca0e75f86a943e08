package dev.slipway.notification;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Tries for a day, less and less often. */
public final class NotificationWorkflowImpl implements NotificationWorkflow {
  @Override
  public void deliver(Notification notification) {
    var activities =
        Workflow.newActivityStub(
            NotificationActivities.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofSeconds(30))
                .setScheduleToCloseTimeout(Duration.ofDays(1))
                .setRetryOptions(
                    RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofSeconds(2))
                        .setMaximumInterval(Duration.ofMinutes(10))
                        .build())
                .setSummary(notification.event().kind() + " to a webhook")
                .build());
    activities.notify(notification);
  }
}
