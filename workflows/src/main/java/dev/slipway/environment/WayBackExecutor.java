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
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes an environment back to an earlier state, as {@link UndoDecider} says. Called in a detached
 * scope, since a cancelled run goes back as well. Workflow code.
 */
public final class WayBackExecutor {
  private static final Duration LONGEST_STEP = Duration.ofMinutes(6);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private static final ActivityOptions STEP =
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
          .build();

  private final EnvironmentQueue queue;
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

  /**
   * @param queue the environment's, where its worker is waited for long
   */
  public WayBackExecutor(EnvironmentQueue queue, Companion companion) {
    this.queue = queue;
    this.companion = companion;
  }

  /**
   * Goes back.
   *
   * @param tokens each step takes a newer fencing token
   * @throws ApplicationFailure when no worker serves the environment: then nothing has failed
   */
  public End goBack(WayBack wayBack, LongSupplier tokens) {
    try {
      var plan = UndoDecider.decide(wayBack.wanted(), schemaStanding(wayBack));
      for (var step : plan.steps()) {
        companion.begins(step);
        var refusal = perform(step, wayBack, tokens);
        if (refusal != null) {
          return new End.Failed(refusal);
        }
      }
      return new End.Back(plan.schema());
    } catch (ApplicationFailure notServed) {
      throw notServed;
    } catch (RuntimeException failure) {
      // A defect of ours is no reason to leave an environment half way without a word.
      return new End.Failed(WorkflowFailures.reason(failure));
    }
  }

  private @Nullable String perform(UndoStep step, WayBack wayBack, LongSupplier tokens) {
    switch (step) {
      case SwitchAssets(var manifest) -> {
        var token = tokens.getAsLong();
        call(activities -> activities.switchAssets(wayBack, manifest, token));
      }
      case RestoreApplication(var deployment) -> {
        var token = tokens.getAsLong();
        call(activities -> activities.restoreApplication(wayBack, deployment, token));
      }
      case MigrateDown(var version) -> migrateDown(wayBack, version, tokens);
      case AskPerson question -> {
        if (!companion.goesOn(question)) {
          return "nobody agreed to go on: " + question.text();
        }
        if (question.version() != null) {
          migrateDown(wayBack, question.version(), tokens);
        }
      }
    }
    return null;
  }

  private SchemaStanding schemaStanding(WayBack wayBack) {
    return queue.call(
        STEP, EnvironmentQueue.WAY_BACK, activities -> activities.schemaStanding(wayBack));
  }

  private void migrateDown(WayBack wayBack, String version, LongSupplier tokens) {
    var token = tokens.getAsLong();
    call(activities -> activities.migrateDown(wayBack, version, token));
  }

  private void call(Consumer<EnvironmentActivities> activity) {
    queue.<@Nullable Void>call(
        STEP,
        EnvironmentQueue.WAY_BACK,
        activities -> {
          activity.accept(activities);
          return null;
        });
  }
}
