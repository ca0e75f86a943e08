package dev.slipway.pipeline;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.Params;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One execution of an action.
 *
 * @param effect what the action does to an environment, as its specification said at the start
 * @param params as written, with references
 * @param timeout of one attempt
 * @param artifact the name under which its output is kept
 * @param needs earlier steps of the same stage that must have succeeded before
 * @param directory relative to the repository; empty for its root
 * @param retry tries of its own; null leaves them to the failure's type
 * @param env variables of its processes, with references
 * @param queue the task queue of a worker that has this action; null for our own
 */
public record Step(
    String name,
    String action,
    ActionSpec.Effect effect,
    Params params,
    Duration timeout,
    @Nullable String artifact,
    List<String> needs,
    String directory,
    @Nullable StepRetry retry,
    Map<String, String> env,
    @Nullable String queue) {
  /**
   * A step's own retry.
   *
   * @param maxAttempts tries in all
   * @param interval before the second try
   * @param backoff what the wait is multiplied by after each try
   */
  public record StepRetry(int maxAttempts, Duration interval, double backoff) {}

  public Step {
    needs = List.copyOf(needs);
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
  }
}
