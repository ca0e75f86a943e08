package dev.slipway.activities.environment;

import dev.slipway.action.FailureType;
import dev.slipway.activities.git.GitMirror;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentActivities.SurveyRequest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LedgerView;
import dev.slipway.environment.Release;
import dev.slipway.environment.StalenessFacts;
import dev.slipway.source.SourceRef;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a commit stands to what lives in an environment. */
public final class Staleness {
  private final Ledger ledger;

  public Staleness(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * @param running what runs there; null when nothing does
   * @param view the environment's ledger
   * @param mirror has the application's commits
   */
  public StalenessFacts of(
      SurveyRequest request, @Nullable Deployment running, LedgerView view, GitMirror mirror)
      throws StepFailedException, InterruptedException, IOException {
    var source = request.commit();
    if (source == null) {
      return new StalenessFacts(null, true, List.of(), List.of(), null, null);
    }
    requireCommit(source, mirror);
    var live = liveCommit(request, running, view);
    var known = live == null || mirror.has(live);
    var before = request.spec().after();
    var lacking =
        before == null
            ? null
            : lacking(new EnvironmentId(request.environment().application(), before), source);
    return new StalenessFacts(
        live,
        known,
        live != null && known ? mirror.lost(live, source.commit()) : List.of(),
        Holds.in(source.commit(), view, mirror),
        lacking == null ? null : before,
        lacking == null ? null : lacking.faultOf(source.commit()).orElse(null));
  }

  /** The run's first worker has fetched it; one that lacks it has another folder. */
  private static void requireCommit(SourceRef source, GitMirror mirror)
      throws StepFailedException, InterruptedException {
    if (!mirror.has(source.commit())) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "this worker's home does not have commit %s, which the run has fetched"
              .formatted(source.abbreviatedCommit()),
          "Workers that serve environments share the folders `store` and `git` of their homes with"
              + " those that serve control.");
    }
  }

  /** Under the lock reality counts; without it, it may be what another run is still changing. */
  private static @Nullable String liveCommit(
      SurveyRequest request, @Nullable Deployment application, LedgerView view) {
    var running = Optional.ofNullable(application).map(one -> one.labels().commit());
    var recorded = view.live().map(Release::source).map(SourceRef::commit);
    return (request.grant() == null ? recorded.or(() -> running) : running.or(() -> recorded))
        .orElse(null);
  }

  /** The ledger of an environment that has no good release of the commit; null when it has one. */
  private @Nullable LedgerView lacking(EnvironmentId earlier, SourceRef source) throws IOException {
    var view = ledger.view(earlier);
    return view.goodReleasesOf(source.commit()).isEmpty() ? view : null;
  }
}
