package dev.slipway.activities.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import org.jspecify.annotations.Nullable;

/**
 * How a pod ends without losing a request. When a pod is deleted, its removal from every node's
 * routes and its SIGTERM begin at the same time; an application that exits at once would refuse
 * connections that are still sent to it. A pause before the signal lets the routes go first.
 */
final class Drain {
  /** Until the last node has heard; the field is in whole seconds. */
  static final long PAUSE = 5;

  /** What Kubernetes gives a pod to end in, unless it is told otherwise. */
  private static final long USUAL_GRACE = 30;

  private Drain() {}

  static Lifecycle lifecycle() {
    return new LifecycleBuilder().withNewPreStop().withNewSleep(PAUSE).endPreStop().build();
  }

  /** Ours for a container that has no way to end of its own; null leaves its own alone. */
  static @Nullable Lifecycle lifecycle(Container live) {
    var own = live.getLifecycle();
    if (own == null || own.getPreStop() == null) {
      return lifecycle();
    }
    return own.getPreStop().equals(lifecycle().getPreStop()) ? lifecycle() : null;
  }

  /** The pause, and as much as there was after it. */
  static long grace() {
    return USUAL_GRACE + PAUSE;
  }

  static long grace(PodSpec live) {
    var own = live.getTerminationGracePeriodSeconds();
    return own == null ? grace() : Math.max(own, grace());
  }
}
