package dev.slipway.environment;

import dev.slipway.environment.EnvironmentActivities.Survey;
import dev.slipway.environment.EnvironmentActivities.SurveyRequest;
import dev.slipway.environment.EnvironmentActivities.WayBack;
import dev.slipway.environment.LockMessage.Intend;
import dev.slipway.environment.LockQueue.Holder;
import dev.slipway.environment.UndoPlan.AskPerson;
import dev.slipway.environment.UndoPlan.UndoStep;
import io.temporal.workflow.Workflow;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What a run left behind that held an environment and ended without giving it back: a release that
 * was under way is taken back, and a way back is gone to its end. Workflow code.
 */
final class DeadHolder {
  private final EnvironmentId environment;
  private final EnvironmentActivities activities;

  DeadHolder(EnvironmentId environment, EnvironmentActivities activities) {
    this.environment = environment;
    this.activities = activities;
  }

  /**
   * Recovers the environment; a temporal failure when that can't even be begun or recorded.
   *
   * @param tokens newer than any that the dead run may have used
   */
  void recover(Holder dead, Intend intent, LongSupplier tokens) {
    var found = activities.survey(new SurveyRequest(environment, intent.spec(), null));
    if (isRecorded(intent, found)) {
      return;
    }
    var wayBack =
        new WayBack(
            environment,
            intent.spec(),
            intent.wanted(),
            "logs/%s/recovery/%d.log".formatted(environment.path(), dead.run()));
    var end = new WayBackExecutor(new Alone()).goBack(wayBack, tokens);
    activities.append(environment, event(intent, found, end));
  }

  /** Whether the run had said in the ledger what came of it, before it ended. */
  private static boolean isRecorded(Intend intent, Survey found) {
    return intent.back() == null
        ? found.nextRelease() > intent.release()
        : !Objects.equals(found.live(), intent.release());
  }

  private static LedgerEvent event(Intend intent, Survey found, WayBackExecutor.End end) {
    var back = intent.back();
    var died = "run %d ended in the middle of it".formatted(intent.run());
    return switch (end) {
      case WayBackExecutor.End.Back(var schema) ->
          back == null
              ? new LedgerEvent.Undone(
                  intent.release(),
                  intent.run(),
                  intent.commit(),
                  died,
                  found.live() == null ? -1 : found.live(),
                  intent.spec().isProduction(),
                  schema)
              : new LedgerEvent.RolledBack(
                  intent.release(),
                  back.to(),
                  intent.run(),
                  intent.commit(),
                  back.by(),
                  back.reason() + "; " + died,
                  back.held(),
                  schema);
      case WayBackExecutor.End.Failed(var why) ->
          new LedgerEvent.UndoFailed(
              intent.release(),
              intent.run(),
              intent.commit(),
              back == null ? intent.spec().isProduction() : back.held(),
              died + "; " + why);
    };
  }

  /** Nobody can be asked when the run that knows the people is gone. */
  private static final class Alone implements WayBackExecutor.Companion {
    @Override
    public void begins(UndoStep step) {
      Workflow.getLogger(DeadHolder.class).info("going back: {}", step.text());
    }

    @Override
    public boolean goesOn(AskPerson question) {
      return false;
    }
  }
}
