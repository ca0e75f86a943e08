package dev.slipway.starter.client;

import dev.slipway.activities.environment.BrokenLedgerException;
import dev.slipway.activities.environment.Ledger;
import dev.slipway.activities.local.LocalEnvironments;
import dev.slipway.activities.local.protocol.LocalStatus;
import dev.slipway.activities.store.Store;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LedgerView;
import dev.slipway.environment.Release;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Environments as the ledger tells them, held against what really runs on this machine. */
public final class Environments {
  private final LocalEnvironments local;
  private final Ledger ledger;

  public Environments(Store store, LocalEnvironments local) {
    this.local = local;
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
    var status = local.status(environment);
    return LiveRelease.none(environment, url(status), replicas(status), broken.happened());
  }

  private static @Nullable URI url(Optional<LocalStatus> status) {
    return status.map(now -> URI.create("http://127.0.0.1:" + now.port())).orElse(null);
  }

  private static int replicas(Optional<LocalStatus> status) {
    return status.map(now -> now.replicas().size()).orElse(0);
  }

  /** What is live by this reading of its ledger, and whether it really runs. */
  public LiveRelease live(EnvironmentId environment, LedgerView view)
      throws StepFailedException, InterruptedException {
    var status = local.status(environment);
    var live = view.live();
    if (live.isEmpty()) {
      return LiveRelease.none(
          environment,
          url(status),
          replicas(status),
          status.map(LocalStatus::running).isPresent() ? "runs, but is in no ledger" : null);
    }
    return LiveRelease.of(
        environment,
        live.get(),
        since(view, live.get()),
        view.schemaVersion().orElse(null),
        url(status),
        replicas(status),
        view.isDamaged() ? "the last way back failed" : drift(live.get(), status));
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

  private static @Nullable String drift(Release release, Optional<LocalStatus> status) {
    var application = release.state().application();
    if (application == null) {
      return null;
    }
    if (status.isEmpty()) {
      return "does not run";
    }
    if (status.get().running() == null) {
      return "nothing runs behind its address";
    }
    var running = Objects.requireNonNull(status.get().running());
    if (!running.labels().equals(application.labels())) {
      return running.labels().release() == application.labels().release()
          ? "runs it otherwise than it was released"
          : "runs release %d instead".formatted(running.labels().release());
    }
    return Objects.equals(status.get().published(), release.state().assets())
        ? null
        : "serves another frontend";
  }
}
