package dev.slipway.activities.environment;

import dev.slipway.activities.store.FolderStore;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.environment.LedgerEvent.Discredited;
import dev.slipway.environment.LedgerEvent.Released;
import dev.slipway.environment.LedgerEvent.RolledBack;
import dev.slipway.environment.LedgerEvent.UndoFailed;
import dev.slipway.environment.LedgerEvent.Undone;
import dev.slipway.environment.LedgerView;
import dev.slipway.environment.LocalDeployment;
import dev.slipway.environment.Release;
import dev.slipway.environment.ReleaseLabels;
import dev.slipway.environment.SchemaOutcome;
import dev.slipway.environment.SchemaState;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.EnvironmentSpec.LocalRun;
import dev.slipway.source.SourceRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ledger of one environment of the shop, in a store of its folder. */
public final class TestLedger {
  public static final String SHOP = "shop";
  private static final LocalRun RUN =
      new LocalRun(List.of("node"), "PORT", "/health", List.of(), 1, Map.of());

  private final EnvironmentId environment;
  private final Ledger ledger;

  public TestLedger(Path folder, String environment) throws IOException {
    this.environment = new EnvironmentId(SHOP, environment);
    this.ledger = new Ledger(FolderStore.open(folder), Clock.systemUTC());
  }

  public Ledger ledger() {
    return ledger;
  }

  public LedgerView view() throws IOException {
    return ledger.view(environment);
  }

  public TestLedger append(LedgerEvent... events) throws IOException {
    for (var event : events) {
      ledger.append(environment, event);
    }
    return this;
  }

  /** A release of a commit with these parts. */
  public TestLedger released(long number, String commit, EnvironmentState state)
      throws IOException {
    return append(new Released(release(number, commit, state)));
  }

  /** A release of a commit that has nothing but an application. */
  public TestLedger released(long number, String commit) throws IOException {
    return released(number, commit, runs(number, commit, "backend " + number));
  }

  public TestLedger rejected(long release) throws IOException {
    return append(new Discredited(release, release, "rejected"));
  }

  public TestLedger rolledBack(long from, long to, @Nullable String schema) throws IOException {
    return append(
        new RolledBack(
            from, to, 9, "b".repeat(40), "bea", "too slow", true, new SchemaOutcome(schema, "")));
  }

  public TestLedger undone(long release, long live, @Nullable String schema) throws IOException {
    return append(
        new Undone(
            release,
            release,
            "b".repeat(40),
            "unhealthy",
            live,
            true,
            new SchemaOutcome(schema, "")));
  }

  public TestLedger undoFailed(long release) throws IOException {
    return append(new UndoFailed(release, release, "b".repeat(40), true, "disk full"));
  }

  public EnvironmentState runs(long release, String commit, String artifact) {
    return new EnvironmentState(deployment(release, commit, artifact), null, null);
  }

  public Deployment deployment(long release, String commit, String artifact) {
    var digest = digest(artifact);
    return new LocalDeployment(
        new ReleaseLabels(environment, release, release, commit, digest, digest("env"), null),
        new ArtifactRef("backend", digest, 1),
        RUN,
        null,
        1);
  }

  public static EnvironmentState schema(String version) {
    return new EnvironmentState(null, null, new SchemaState(version, digest("schema")));
  }

  public static EnvironmentSpec spec(String name, @Nullable String after) {
    return new EnvironmentSpec(
        name, EnvironmentSpec.Target.LOCAL, RUN, null, null, after, false, null);
  }

  public static SourceRef source(String commit) {
    return new SourceRef("/repository", commit, "Add orders", "Ada", digest("archive"));
  }

  public static Digest digest(String of) {
    return Digest.of(of.getBytes(StandardCharsets.UTF_8));
  }

  private Release release(long number, String commit, EnvironmentState state) {
    return new Release(
        number,
        number,
        source(commit),
        spec(environment.name(), null),
        state,
        List.of(),
        List.of(),
        Instant.EPOCH,
        List.of());
  }
}
