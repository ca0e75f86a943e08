package dev.slipway.notification;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What telling people needs done outside of workflows. */
@ActivityInterface
public interface NotificationActivities {
  /** Tells one webhook; the key is the same for each try. */
  @ActivityMethod(name = "run_notify")
  void notify(Notification notification);
}
