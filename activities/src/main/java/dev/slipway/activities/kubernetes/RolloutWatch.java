package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.activities.step.StepLog;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows a rollout from the cluster's own reports until it is complete or has failed. */
final class RolloutWatch {
  /** The most that passes between two looks while nothing is reported. */
  private static final Duration TICK = Duration.ofSeconds(1);

  /** How long what was reported is believed without asking; shorter than any standstill. */
  private static final Duration COMPARISON = Duration.ofSeconds(10);

  /** How the watching ended. */
  sealed interface End {
    /** Every replica is new and ready. */
    record Complete() implements End {}

    /** The Deployment says another release than the one that was asked for. */
    record Overwritten() implements End {}
  }

  private final ClusterConnection cluster;
  private final Limits limits;
  private final StepLog log;
  private final Diagnosis diagnosis;
  private final PodRecords records;
  private final Silence silence;
  private String shown = "";
  private long progressed = System.nanoTime();
  private @Nullable Trouble trouble;
  private long troubled;

  RolloutWatch(ClusterConnection cluster, Namespace namespace, Limits limits, StepLog log) {
    this.cluster = cluster;
    this.limits = limits;
    this.log = log;
    this.silence = new Silence(cluster.name(), limits.silence(), log);
    this.diagnosis = new Diagnosis(limits);
    this.records = new PodRecords(cluster, namespace);
  }

  /**
   * @param applied as the cluster answered it; older states are not looked at
   * @throws StepFailedException with the reason, as soon as it is certain
   */
  End await(Deployment applied) throws StepFailedException, InterruptedException {
    while (true) {
      var end = follow(applied);
      if (end.isPresent()) {
        return end.get();
      }
      standsAnew();
    }
  }

  /** Empty when what is known is no longer kept up to date, so that it must be learnt anew. */
  private Optional<End> follow(Deployment applied)
      throws StepFailedException, InterruptedException {
    try (var watched = new Watched(cluster, applied)) {
      var compared = System.nanoTime();
      while (true) {
        watched.await(TICK);
        watched.refuseDenial();
        var isHeard = watched.isHeard();
        if (silence.isBroken(isHeard)) {
          return Optional.empty();
        }
        if (isHeard && passed(compared).compareTo(COMPARISON) >= 0) {
          compared = System.nanoTime();
          if (watched.isStale()) {
            return Optional.empty();
          }
        }
        var view = watched.view();
        if (view.isPresent() && isAsApplied(view.get(), applied)) {
          if (!isRelease(view.get(), applied)) {
            return Optional.of(new End.Overwritten());
          }
          if (isComplete(view.get())) {
            return Optional.of(new End.Complete());
          }
          if (isHeard) {
            refuseTrouble(view.get());
          }
        } else if (watched.isGone()) {
          throw new StepFailedException(
              FailureType.CONFLICT,
              "Deployment %s was deleted during its rollout"
                  .formatted(applied.getMetadata().getName()),
              "See who deletes it, and deploy again.");
        }
      }
    }
  }

  private static boolean isAsApplied(RolloutView view, Deployment applied) {
    return view.deployment().getMetadata().getGeneration() >= applied.getMetadata().getGeneration();
  }

  private static boolean isRelease(RolloutView view, Deployment applied) {
    return Marks.annotation(view.deployment(), Marks.RELEASE)
        .equals(Marks.annotation(applied, Marks.RELEASE));
  }

  private boolean isComplete(RolloutView view) {
    var now = view.progress();
    if (!now.equals(shown)) {
      shown = now;
      progressed = System.nanoTime();
      log.progress(now);
    }
    return view.isComplete();
  }

  private void refuseTrouble(RolloutView view) throws StepFailedException, InterruptedException {
    var found = diagnosis.of(view);
    if (found.isEmpty()) {
      trouble = null;
      refuseStandstill(view);
      return;
    }
    var now = found.get();
    if (!now.isLike(trouble)) {
      trouble = now;
      troubled = System.nanoTime();
    }
    if (passed(troubled).compareTo(now.patience()) >= 0) {
      throw explained(now);
    }
  }

  private void refuseStandstill(RolloutView view) throws StepFailedException, InterruptedException {
    var limit = limits.progress().plus(Diagnosis.startup(view));
    if (passed(progressed).compareTo(limit) < 0 || view.ready() == view.wanted()) {
      // Old pods may take as long to end as they were given.
      return;
    }
    var events = new ArrayList<Event>();
    for (var pod : view.newPods()) {
      if (!RolloutView.isReady(pod)) {
        events.addAll(records.events(pod));
        break;
      }
    }
    if (Diagnosis.isPulling(events)) {
      log.line("a node still pulls the image");
      progressed = System.nanoTime();
      return;
    }
    throw explained(diagnosis.standstill(view, events));
  }

  private StepFailedException explained(Trouble found) throws InterruptedException {
    var source = found.printed();
    var lines = source == null ? List.<String>of() : records.lastLines(source);
    if (source != null) {
      lines.forEach(line -> log.line(source.pod() + " | " + line));
    }
    log.line(found.happened());
    return found.failure(lines);
  }

  private void standsAnew() {
    progressed = System.nanoTime();
    trouble = null;
  }

  static Duration passed(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }
}
