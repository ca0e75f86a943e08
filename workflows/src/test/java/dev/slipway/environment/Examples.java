package dev.slipway.environment;

import dev.slipway.artifact.ArtifactRef;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.LedgerEvent.Released;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.EnvironmentSpec.LocalRun;
import dev.slipway.source.SourceRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Environments, releases and ledgers for tests. */
final class Examples {
  static final EnvironmentId PRODUCTION = new EnvironmentId("shop", "production");

  private Examples() {}

  static Digest digest(String of) {
    return Digest.of(of.getBytes(StandardCharsets.UTF_8));
  }

  static SchemaState schema(String version) {
    return new SchemaState(version, digest("schema " + version));
  }

  static EnvironmentSpec spec() {
    return new EnvironmentSpec(
        "production",
        EnvironmentSpec.Target.LOCAL,
        new LocalRun(List.of("node"), "PORT", "/health", List.of(), 1, Map.of()),
        null,
        null,
        null,
        false,
        null);
  }

  static Deployment deployment(long release) {
    var artifact = new ArtifactRef("backend", digest("backend " + release), 1);
    return new LocalDeployment(
        new ReleaseLabels(
            PRODUCTION, release, release, commit(release), artifact.digest(), digest("c"), null),
        artifact,
        new LocalRun(List.of("node"), "PORT", "/health", List.of(), 1, Map.of()),
        null,
        1);
  }

  static EnvironmentState state(long release, @Nullable SchemaState schema) {
    return new EnvironmentState(deployment(release), digest("assets " + release), schema);
  }

  static String commit(long release) {
    return "%040d".formatted(release);
  }

  static Released released(long number) {
    return new Released(release(number));
  }

  static Release release(long number) {
    return new Release(
        number,
        number,
        new SourceRef("shop", commit(number), "change", "ann", digest("archive")),
        spec(),
        state(number, null),
        List.of(),
        List.of(),
        Instant.EPOCH,
        List.of());
  }

  static LedgerView ledger(LedgerEvent... events) {
    return ledger(List.of(events));
  }

  static LedgerView ledger(List<? extends LedgerEvent> events) {
    var entries = new ArrayList<LedgerEntry>();
    for (var event : events) {
      entries.add(new LedgerEntry(entries.size() + 1L, null, Instant.EPOCH, event));
    }
    return new LedgerView(entries);
  }
}
