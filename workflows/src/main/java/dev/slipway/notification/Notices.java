package dev.slipway.notification;

import dev.slipway.pipeline.RunId;
import dev.slipway.pipeline.Webhook;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands events to webhooks. Only workflow code touches it. */
public final class Notices {
  private final List<Promise<Boolean>> deliveries = new ArrayList<>();

  /**
   * Begins to tell every webhook, each in a workflow of its own, which neither the end nor the stop
   * of the one that calls takes along.
   *
   * @param key the same whenever the same event is told
   */
  public void tell(
      List<Webhook> webhooks, String key, RunId run, @Nullable String commit, RunEvent event) {
    for (var at = 0; at < webhooks.size(); at++) {
      var one = "%s/%d".formatted(key, at + 1);
      deliver(new Notification(one, webhooks.get(at).url(), run, commit, event));
    }
  }

  private void deliver(Notification notification) {
    var child =
        Workflow.newChildWorkflowStub(
            NotificationWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId("notification/" + notification.key())
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .setCancellationType(ChildWorkflowCancellationType.ABANDON)
                .build());
    Workflow.newDetachedCancellationScope(
            () -> {
              var done = Async.procedure(child::deliver, notification);
              // What becomes of it is shown in its own workflow; nobody here depends on it.
              done.handle((ignored, failure) -> null);
              deliveries.add(
                  Workflow.getWorkflowExecution(child).handle((begun, failure) -> begun != null));
            })
        .run();
  }

  /** Waits until every delivery's own workflow has begun, so that the one that calls may close. */
  public void awaitBegun() {
    for (var delivery : deliveries) {
      delivery.get();
    }
    deliveries.clear();
  }
}
