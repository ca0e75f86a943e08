package dev.slipway.environment;

import dev.slipway.alarm.WorkflowFailures;
import dev.slipway.environment.EnvironmentActivities.WayBack;
import dev.slipway.environment.UndoPlan.AskPerson;
import dev.slipway.environment.UndoPlan.MigrateDown;
import dev.slipway.environment.UndoPlan.RestoreApplication;
import dev.slipway.environment.UndoPlan.SwitchAssets;
import dev.slipway.environment.UndoPlan.UndoStep;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes an environment back to an earlier state, as {@link UndoDecider} says. Called in a detached
 * scope, since a cancelled run goes back as well. Workflow code.
 */
public final class WayBackExecutor {
  private static final Duration LONGEST_STEP = Duration.ofMinutes(6);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final EnvironmentActivities activities =
      Workflow.newActivityStub(
          EnvironmentActivities.class,
          ActivityOptions.newBuilder()
              .setStartToCloseTimeout(LONGEST_STEP)
              .setHeartbeatTimeout(HEARTBEAT)
              .setScheduleToCloseTimeout(LONGEST_STEP.multipliedBy(3))
              .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
              .setRetryOptions(
                  RetryOptions.newBuilder()
                      .setInitialInterval(Duration.ofSeconds(2))
                      .setMaximumAttempts(4)
                      .build())
              .setSummary("way back")
              .build());

  private final Companion companion;

  /** Who goes along. */
  public interface Companion {
    /** A step begins. */
    void begins(UndoStep step);

    /** Whether a person wants to go on in spite of the risks. */
    boolean goesOn(AskPerson question);
  }

  /** How it ended. */
  public sealed interface End {
    /** The environment is as it was, but perhaps for its schema. */
    record Back(SchemaOutcome schema) implements End {}

    /** It is not. */
    record Failed(String reason) implements End {}
  }

  public WayBackExecutor(Companion companion) {
    this.companion = companion;
  }

  /**
   * Goes back.
   *
   * @param tokens each step takes a newer fencing token
   */
  public End goBack(WayBack wayBack, LongSupplier tokens) {
    try {
      var plan = UndoDecider.decide(wayBack.wanted(), activities.schemaStanding(wayBack));
      for (var step : plan.steps()) {
        companion.begins(step);
        var refusal = perform(step, wayBack, tokens);
        if (refusal != null) {
          return new End.Failed(refusal);
        }
      }
      return new End.Back(plan.schema());
    } catch (RuntimeException failure) {
      // A defect of ours is no reason to leave an environment half way without a word.
      return new End.Failed(WorkflowFailures.reason(failure));
    }
  }

  private @Nullable String perform(UndoStep step, WayBack wayBack, LongSupplier tokens) {
    switch (step) {
      case SwitchAssets(var manifest) ->
          activities.switchAssets(wayBack, manifest, tokens.getAsLong());
      case RestoreApplication(var deployment) ->
          activities.restoreApplication(wayBack, deployment, tokens.getAsLong());
      case MigrateDown(var version) -> activities.migrateDown(wayBack, version, tokens.getAsLong());
      case AskPerson question -> {
        if (!companion.goesOn(question)) {
          return "nobody agreed to go on: " + question.text();
        }
        if (question.version() != null) {
          activities.migrateDown(wayBack, question.version(), tokens.getAsLong());
        }
      }
    }
    return null;
  }
}
