package dev.slipway.starter.client;

import dev.slipway.activities.environment.BrokenLedgerException;
import dev.slipway.activities.environment.Ledger;
import dev.slipway.activities.local.LocalEnvironments;
import dev.slipway.activities.store.Store;
import dev.slipway.activities.target.Targets;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LedgerView;
import dev.slipway.environment.Release;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Environments as the ledger tells them, held against what really runs. */
public final class Environments {
  private final LocalEnvironments local;
  private final Targets clusters;
  private final Ledger ledger;

  /**
   * @param clusters finds what runs the environments that are not on this machine
   */
  public Environments(Store store, LocalEnvironments local, Targets clusters) {
    this.local = local;
    this.clusters = clusters;
    this.ledger = new Ledger(store, Clock.systemUTC());
  }

  /** Every environment that has a ledger or runs here, by name. */
  public List<EnvironmentId> all() throws IOException {
    var paths = new TreeSet<String>();
    for (var application : ledger.applications()) {
      ledger.environments(application).forEach(environment -> paths.add(environment.path()));
    }
    local.list().forEach(environment -> paths.add(environment.path()));
    return paths.stream()
        .map(path -> path.split("/", 2))
        .map(parts -> new EnvironmentId(parts[0], parts[1]))
        .toList();
  }

  /** An environment's ledger. */
  public LedgerView ledger(EnvironmentId environment) throws IOException {
    return ledger.view(environment);
  }

  /** Lets a commit be released again. */
  public void liftHold(EnvironmentId environment, String commit, String by) throws IOException {
    ledger.append(environment, new LedgerEvent.HoldLifted(commit, by));
  }

  /** What is live, and whether it really runs. */
  public LiveRelease live(EnvironmentId environment)
      throws IOException, StepFailedException, InterruptedException {
    LedgerView view;
    try {
      view = ledger(environment);
    } catch (BrokenLedgerException broken) {
      return live(environment, broken);
    }
    return live(environment, view);
  }

  /** What can be said where the ledger can't be believed. */
  public LiveRelease live(EnvironmentId environment, BrokenLedgerException broken)
      throws StepFailedException, InterruptedException {
    var sight = Sight.here(local, environment);
    return LiveRelease.none(environment, sight.url(), sight.replicas(), broken.happened());
  }

  /** What is live by this reading of its ledger, and whether it really runs. */
  public LiveRelease live(EnvironmentId environment, LedgerView view)
      throws StepFailedException, InterruptedException {
    var live = view.live();
    if (live.isEmpty()) {
      var sight = Sight.here(local, environment);
      return LiveRelease.none(
          environment,
          sight.url(),
          sight.replicas(),
          sight.running() == null ? null : "runs, but is in no ledger");
    }
    var sight = sight(environment, live.get().spec());
    return LiveRelease.of(
        environment,
        live.get(),
        since(view, live.get()),
        view.schemaVersion().orElse(null),
        sight.url(),
        sight.replicas(),
        view.isDamaged() ? "the last way back failed" : drift(live.get(), sight));
  }

  private Sight sight(EnvironmentId environment, EnvironmentSpec spec)
      throws StepFailedException, InterruptedException {
    return switch (spec.target()) {
      case LOCAL -> Sight.here(local, environment);
      case KUBERNETES -> Sight.inCluster(() -> clusters.of(spec), environment);
    };
  }

  private static Instant since(LedgerView view, Release release) {
    var since = release.at();
    for (var entry : view.entries()) {
      if (entry.event() instanceof LedgerEvent.RolledBack back && back.to() == release.number()) {
        since = entry.at();
      }
    }
    return since;
  }

  private static @Nullable String drift(Release release, Sight sight) {
    var application = release.state().application();
    if (application == null) {
      return null;
    }
    if (sight.trouble() != null) {
      return "nobody knows what runs: " + sight.trouble();
    }
    if (!sight.there()) {
      return "does not run";
    }
    var running = sight.running();
    if (running == null) {
      return "nothing runs behind its address";
    }
    if (!running.content().equals(application.content())) {
      return running.labels().release() == 0
          ? "runs %s instead, which somebody else deployed".formatted(running.content())
          : "runs release %d instead".formatted(running.labels().release());
    }
    if (!running.labels().equals(application.labels())) {
      return running.labels().release() == application.labels().release()
          ? "runs it otherwise than it was released"
          : "runs release %d instead".formatted(running.labels().release());
    }
    return Objects.equals(sight.published(), release.state().assets())
        ? null
        : "serves another frontend";
  }
}
