package dev.slipway.run;

import dev.slipway.alarm.Alarm;
import dev.slipway.environment.EnvironmentActivities;
import dev.slipway.environment.EnvironmentActivities.RollbackChoice;
import dev.slipway.environment.EnvironmentActivities.Survey;
import dev.slipway.environment.EnvironmentActivities.SurveyRequest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LockAnswer;
import dev.slipway.environment.LockAnswer.Granted;
import dev.slipway.environment.LockAnswer.Superseded;
import dev.slipway.environment.LockMessage;
import dev.slipway.environment.LockMessage.Urgency;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.source.SourceRef;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run's side of one environment's lock, and its fencing tokens. Only workflow code touches it.
 */
final class EnvironmentLink {
  /** An environment that is held longer than this is not waited for. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(12);

  private final EnvironmentActivities activities;
  private final EnvironmentId id;
  private final EnvironmentSpec spec;
  private final RunId run;
  private @Nullable Granted granted;
  private @Nullable Superseded superseded;
  private long nextToken;
  private boolean engaged;

  /** Whether the environment may be changed. */
  sealed interface Access {
    /** It may. */
    record Held() implements Access {}

    /** It may not, and the run is over. */
    record Denied(String reason) implements Access {}
  }

  EnvironmentLink(
      EnvironmentActivities activities, EnvironmentId id, EnvironmentSpec spec, RunId run) {
    this.activities = activities;
    this.id = id;
    this.spec = spec;
    this.run = run;
  }

  EnvironmentId id() {
    return id;
  }

  EnvironmentSpec spec() {
    return spec;
  }

  /** Tells that the run waits for a person here, so that older ones give way. */
  void announce() {
    engaged = true;
    activities.tell(id, new LockMessage.Announce(run.number(), run.workflowId()));
  }

  /** The number of a newer run that took the place. */
  Optional<Long> supersededBy() {
    return Optional.ofNullable(superseded).map(Superseded::by);
  }

  /** Waits until the environment may be changed. */
  Access lock(Urgency urgency) {
    engaged = true;
    activities.tell(id, new LockMessage.Request(run.number(), run.workflowId(), urgency));
    var waited = new boolean[1];
    try (var _ = Alarm.after(LONGEST_WAIT, () -> waited[0] = true)) {
      Workflow.await(() -> granted != null || superseded != null || waited[0]);
    }
    if (granted != null) {
      return new Access.Held();
    }
    return new Access.Denied(
        superseded != null
            ? "run %d is newer and took its place".formatted(superseded.by())
            : "%s was not free within %d hours".formatted(id, LONGEST_WAIT.toHours()));
  }

  /** Takes an answer that came by signal. */
  void answered(LockAnswer answer) {
    switch (answer) {
      case Granted grant -> {
        if (granted == null) {
          granted = grant;
          nextToken = grant.firstToken();
        }
      }
      case Superseded by -> superseded = by;
    }
  }

  /** A newer fencing token than any before. */
  long nextToken() {
    return nextToken++;
  }

  Survey survey(@Nullable SourceRef commit) {
    return activities.survey(new SurveyRequest(id, spec, commit));
  }

  void intend(EnvironmentState before, long release, String commit) {
    activities.tell(id, new LockMessage.Intend(run.number(), spec, before, release, commit));
  }

  /** The release that a way back goes to: this one, or the newest good one before the live one. */
  RollbackChoice choose(@Nullable Long to) {
    return activities.chooseRelease(id, to);
  }

  void append(LedgerEvent event) {
    activities.append(id, event);
  }

  /** Gives the lock or the place in the queue back, also when the run is being stopped. */
  void release(@Nullable Long released) {
    if (!engaged) {
      return;
    }
    CancellationScope scope =
        Workflow.newDetachedCancellationScope(
            () -> activities.tell(id, new LockMessage.Release(run.number(), released)));
    scope.run();
    engaged = false;
    granted = null;
  }
}
