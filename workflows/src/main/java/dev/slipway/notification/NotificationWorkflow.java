package dev.slipway.notification;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Delivers one notification, so that no run waits for somebody's chat. */
@WorkflowInterface
public interface NotificationWorkflow {
  @WorkflowMethod(name = "Notification")
  void deliver(Notification notification);
}
