package dev.slipway.environment;

import dev.slipway.environment.EnvironmentActivities.Survey;
import dev.slipway.environment.EnvironmentActivities.SurveyRequest;
import dev.slipway.environment.EnvironmentActivities.WayBack;
import dev.slipway.environment.LockMessage.Intend;
import dev.slipway.environment.LockQueue.Holder;
import dev.slipway.environment.UndoPlan.AskPerson;
import dev.slipway.environment.UndoPlan.UndoStep;
import dev.slipway.notification.Notices;
import dev.slipway.notification.RunEvent;
import dev.slipway.pipeline.RunId;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a run left behind that held an environment and ended without giving it back: a release that
 * was under way is taken back, a way back is gone to its end, and those whom the run would have
 * told are told what came of it. Workflow code.
 */
final class DeadHolder {
  private final EnvironmentId environment;
  private final EnvironmentQueue queue;
  private final ActivityOptions usual;
  private final Notices notices;
  private final Holder dead;
  private final Intend intent;
  private final Set<Long> saidWaiting;

  /**
   * @param saidWaiting the runs of which it was told already that what they left has to wait
   */
  DeadHolder(
      EnvironmentId environment,
      ActivityOptions usual,
      Notices notices,
      Holder dead,
      Intend intent,
      Set<Long> saidWaiting) {
    this.environment = environment;
    this.usual = usual;
    this.notices = notices;
    this.dead = dead;
    this.intent = intent;
    this.saidWaiting = saidWaiting;
    this.queue =
        new EnvironmentQueue(
            environment,
            Objects.requireNonNullElse(intent.queues(), EnvironmentQueues.ONE_FOR_ALL),
            new Lookout());
  }

  /**
   * Recovers the environment; a temporal failure when that can't even be begun or recorded.
   *
   * @param head which the ledger must have
   * @param tokens newer than any that the dead run may have used
   */
  void recover(@Nullable LedgerHead head, LongSupplier tokens) {
    var found =
        queue.call(
            usual,
            EnvironmentQueue.DELIVERY,
            activities ->
                activities.survey(
                    new SurveyRequest(environment, intent.spec(), null, dead.firstToken(), head)));
    if (isRecorded(found)) {
      return;
    }
    var wayBack =
        new WayBack(
            environment,
            intent.spec(),
            intent.wanted(),
            "logs/%s/recovery/%d.log".formatted(environment.path(), dead.run()));
    var end = new WayBackExecutor(queue, new Alone()).goBack(wayBack, tokens);
    queue.call(
        usual,
        EnvironmentQueue.WAY_BACK,
        activities -> activities.append(environment, event(found, end), head));
    switch (end) {
      case WayBackExecutor.End.Back(var schema) ->
          tell(
              "went-back",
              RunEvent.Kind.ROLLED_BACK,
              "%s; %s %s; %s"
                  .formatted(died(), environment.name(), whatLives(found), schema.text()));
      case WayBackExecutor.End.Failed(var why) ->
          tell(
              "failed",
              RunEvent.Kind.ROLLBACK_FAILED,
              "%s, and %s could not go back: %s. See `slipway live`, then release or roll back again"
                  .formatted(died(), environment.name(), why));
    }
  }

  /** Says that nothing could be done yet; nobody else gets the environment meanwhile. */
  void tellStuck(String why) {
    tell(
        "stuck",
        RunEvent.Kind.ROLLBACK_FAILED,
        "%s, and %s can't be looked at: %s. It stays locked and is tried again"
            .formatted(died(), environment.name(), why));
  }

  private void tell(String what, RunEvent.Kind kind, String text) {
    var run = new RunId(environment.application(), dead.run());
    var at = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    notices.tell(
        intent.webhooks(),
        "%s/%s/%s".formatted(run, environment.name(), what),
        run,
        intent.commit(),
        new RunEvent(at, kind, text));
  }

  private String whatLives(Survey found) {
    var back = intent.back();
    if (back != null) {
      return "runs release %d again".formatted(back.to());
    }
    return "is as it was, " + (found.live() == null ? "empty" : "with release " + found.live());
  }

  private String died() {
    return "run %d ended in the middle of it".formatted(intent.run());
  }

  /** Whether the run had said in the ledger what came of it, before it ended. */
  private boolean isRecorded(Survey found) {
    return intent.back() == null
        ? found.nextRelease() > intent.release()
        : !Objects.equals(found.live(), intent.release());
  }

  private LedgerEvent event(Survey found, WayBackExecutor.End end) {
    var back = intent.back();
    return switch (end) {
      case WayBackExecutor.End.Back(var schema) ->
          back == null
              ? new LedgerEvent.Undone(
                  intent.release(),
                  intent.run(),
                  intent.commit(),
                  died(),
                  found.live() == null ? -1 : found.live(),
                  intent.spec().isProduction(),
                  schema)
              : new LedgerEvent.RolledBack(
                  intent.release(),
                  back.to(),
                  intent.run(),
                  intent.commit(),
                  back.by(),
                  back.reason() + "; " + died(),
                  back.held(),
                  schema);
      case WayBackExecutor.End.Failed(var why) ->
          new LedgerEvent.UndoFailed(
              intent.release(),
              intent.run(),
              intent.commit(),
              back == null ? intent.spec().isProduction() : back.held(),
              died() + "; " + why);
    };
  }

  /**
   * It is told once that the environment's own workers are gone as well, however often it is tried.
   */
  private final class Lookout implements EnvironmentQueue.Watcher {
    @Override
    public void waitsFor(String what) {
      Workflow.getLogger(DeadHolder.class).warn("{} waits for {}", environment, what);
      if (saidWaiting.add(dead.run())) {
        tell(
            "waits",
            RunEvent.Kind.ROLLING_BACK,
            "%s, and %s waits for %s. It stays locked meanwhile"
                .formatted(died(), environment.name(), what));
      }
    }

    @Override
    public void hasStoppedWaitingFor(String what) {
      Workflow.getLogger(DeadHolder.class).info("{} waits no more for {}", environment, what);
    }
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
