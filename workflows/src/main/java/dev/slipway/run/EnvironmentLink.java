package dev.slipway.run;

import dev.slipway.alarm.Alarm;
import dev.slipway.environment.EnvironmentActivities.RollbackChoice;
import dev.slipway.environment.EnvironmentActivities.Survey;
import dev.slipway.environment.EnvironmentActivities.SurveyRequest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentQueue;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LedgerHead;
import dev.slipway.environment.LockAnswer;
import dev.slipway.environment.LockAnswer.Granted;
import dev.slipway.environment.LockAnswer.Superseded;
import dev.slipway.environment.LockAnswer.TookPlace;
import dev.slipway.environment.LockAnswer.Wanted;
import dev.slipway.environment.LockMessage;
import dev.slipway.environment.LockMessage.Urgency;
import dev.slipway.environment.LockMessage.WayBackIntent;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.RunId;
import dev.slipway.pipeline.Webhook;
import dev.slipway.source.SourceRef;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A run's side of one environment's lock, and its fencing tokens. Only workflow code touches it.
 */
final class EnvironmentLink {
  /** An environment that is held longer than this is not waited for. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(12);

  private final EnvironmentLinks.Clerks clerks;
  private final EnvironmentQueue queue;
  private final EnvironmentId id;
  private final EnvironmentSpec spec;
  private final RunId run;
  private @Nullable Granted granted;
  private @Nullable Superseded superseded;
  private long newestToken;
  private long nextToken;
  private boolean engaged;
  private boolean intended;

  /** Whether the environment may be changed. */
  sealed interface Access {
    /** It may. */
    record Held() implements Access {}

    /** A newer run took the place. */
    record TakenBy(long newer) implements Access {}

    /** It was not free in time. */
    record NotFree(String reason) implements Access {}
  }

  EnvironmentLink(
      EnvironmentLinks.Clerks clerks, EnvironmentQueue queue, EnvironmentSpec spec, RunId run) {
    this.clerks = clerks;
    this.queue = queue;
    this.id = queue.environment();
    this.spec = spec;
    this.run = run;
  }

  EnvironmentId id() {
    return id;
  }

  EnvironmentSpec spec() {
    return spec;
  }

  EnvironmentQueue queue() {
    return queue;
  }

  /** Tells that the run waits for a person here, so that older ones give way. */
  void announce() {
    tell(new LockMessage.Announce(run.number(), run.workflowId()));
  }

  /** Waits until the environment may be changed. */
  Access lock(Urgency urgency) {
    tell(new LockMessage.Request(run.number(), run.workflowId(), urgency));
    var waited = new boolean[1];
    try (var _ = Alarm.after(LONGEST_WAIT, () -> waited[0] = true)) {
      Workflow.await(() -> granted != null || takenBy(urgency).isPresent() || waited[0]);
    }
    if (granted != null) {
      return new Access.Held();
    }
    return takenBy(urgency)
        .<Access>map(newer -> new Access.TakenBy(newer.by()))
        .orElseGet(
            () ->
                new Access.NotFree(
                    "%s was not free within %d hours".formatted(id, LONGEST_WAIT.toHours())));
  }

  /** A way back is never superseded, whatever happened to the run in this environment before. */
  private Optional<Superseded> takenBy(Urgency urgency) {
    return urgency == Urgency.WAY_BACK ? Optional.empty() : Optional.ofNullable(superseded);
  }

  /** Takes an answer that came by signal. */
  void answered(LockAnswer answer) {
    switch (answer) {
      // The same grant may come twice, and after the lock was given back it is none.
      case Granted grant -> {
        if (engaged && grant.firstToken() > newestToken) {
          granted = grant;
          newestToken = grant.firstToken();
          nextToken = grant.firstToken();
        }
      }
      case Superseded by -> superseded = by;
      case TookPlace ignored -> {}
      case Wanted ignored -> {}
    }
  }

  /** A newer fencing token than any before. */
  long nextToken() {
    return nextToken++;
  }

  /** What is there, for a commit that wants to go live. */
  Survey survey(SourceRef commit) {
    return survey(commit, EnvironmentQueue.DELIVERY);
  }

  /** What is there after everything has passed. */
  Survey survey() {
    return survey(null, EnvironmentQueue.WAY_BACK);
  }

  private Survey survey(@Nullable SourceRef commit, Duration longest) {
    return clerks.call(
        queue,
        longest,
        activities -> activities.survey(new SurveyRequest(id, spec, commit, grant(), head())));
  }

  /**
   * Says how to go back from a release that is about to come, or how to end a way back that is
   * about to begin.
   *
   * @param back null for a release
   * @param webhooks that are told if somebody else has to do it
   */
  void intend(
      EnvironmentState wanted,
      long release,
      String commit,
      @Nullable WayBackIntent back,
      List<Webhook> webhooks) {
    tell(
        new LockMessage.Intend(
            run.number(), spec, wanted, release, commit, back, webhooks, queue.queues()));
    intended = true;
  }

  /** The release that a way back goes to: this one, or the newest good one before the live one. */
  RollbackChoice choose(@Nullable Long to) {
    return clerks.call(
        queue, EnvironmentQueue.WAY_BACK, activities -> activities.chooseRelease(id, to, head()));
  }

  private @Nullable Long grant() {
    return granted == null ? null : granted.firstToken();
  }

  /** Where the ledger ended when the lock was granted; nothing is demanded of it before. */
  private @Nullable LedgerHead head() {
    return granted == null ? null : granted.head();
  }

  void append(LedgerEvent event) {
    clerks.call(
        queue, EnvironmentQueue.WAY_BACK, activities -> activities.append(id, event, head()));
  }

  /** Gives the lock or the place in the queue back, also when the run is being stopped. */
  void release() {
    if (engaged) {
      engaged = false;
      intended = false;
      granted = null;
      clerks.tell(id, new LockMessage.Release(run.number()));
    }
  }

  /** What was changed is to stay, so that the guard has nothing to go back to. */
  void keep() {
    intended = false;
  }

  /**
   * Keeps the lock beyond the run's end, for the environment's guard, which knows what was
   * intended; runs that began before gave it back.
   *
   * @return whether it is kept, which makes no sense where nothing may have been changed
   */
  boolean leave() {
    if (!intended || Workflow.getVersion("left-to-guard", Workflow.DEFAULT_VERSION, 1) != 1) {
      return false;
    }
    engaged = false;
    granted = null;
    return true;
  }

  /**
   * Does this and then gives the environment back, whatever comes of it. No {@code finally}: an
   * error is how the engine unwinds a run that goes on elsewhere.
   */
  <T> T whileEngaged(Supplier<T> work) {
    T result;
    try {
      result = work.get();
    } catch (RuntimeException failure) {
      release();
      throw failure;
    }
    release();
    return result;
  }

  private void tell(LockMessage message) {
    engaged = true;
    clerks.tell(id, message);
  }
}
