package dev.slipway.activities.database;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.action.FailureType;
import dev.slipway.action.Params;
import dev.slipway.activities.process.ProcessRunner;
import dev.slipway.activities.step.StepContext;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.store.Store;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.artifact.Digest;
import dev.slipway.json.Json;
import dev.slipway.source.SourceRef;
import dev.slipway.step.EnvironmentGrant;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepKey;
import dev.slipway.step.StepRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A step whose workspace is a folder of the test. */
public final class TestStep implements StepContext {
  private final Path workspace;
  private final ObjectNode params = Json.mapper().createObjectNode();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private @Nullable EnvironmentGrant grant;
  private @Nullable List<String> databases;
  private String kept = "";
  private Runnable onProgress = () -> {};

  public TestStep(Path workspace) {
    this.workspace = workspace;
  }

  /** Writes a migration and its undo. */
  public TestStep migration(int version, String up, String down) throws IOException {
    return file("V" + version + "__step.sql", up).file("U" + version + "__step.sql", down);
  }

  public TestStep file(String name, String text) throws IOException {
    var folder = Files.createDirectories(workspace.resolve("db/migrations"));
    Files.writeString(folder.resolve(name), text);
    return this;
  }

  public TestStep accept(String version) {
    params.withArray("accept").add(version);
    return this;
  }

  public TestStep grant(EnvironmentGrant granted) {
    grant = granted;
    return this;
  }

  /** The environments with a database. */
  public TestStep databases(String... names) {
    databases = List.of(names);
    return this;
  }

  public TestStep onProgress(Runnable action) {
    onProgress = action;
    return this;
  }

  public List<String> lines() {
    return lines;
  }

  /** The text of the artifact that was kept last. */
  public String kept() {
    return kept;
  }

  @Override
  public StepRequest request() {
    return new StepRequest(
        new StepKey("shop", 12, "staging", "migrate", 1),
        new SourceRef("/repository", "a".repeat(40), "Add orders", "Ada", Digest.of(new byte[0])),
        new Params(params),
        "",
        Map.of(),
        List.of(),
        null,
        grant,
        databases,
        null,
        Duration.ofSeconds(60));
  }

  @Override
  public Params params() {
    return new Params(params);
  }

  @Override
  public String resolve(String text) {
    return text;
  }

  @Override
  public Map<String, String> env() {
    return Map.of();
  }

  @Override
  public Path workspace() {
    return workspace;
  }

  @Override
  public Path temp() {
    try {
      return Files.createDirectories(workspace.resolve(".temp"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path directory() {
    return workspace;
  }

  @Override
  public StepLog log() {
    return new StepLog() {
      @Override
      public void line(String text) {
        lines.add(text);
      }

      @Override
      public void progress(String text) {
        lines.add(text);
        onProgress.run();
      }
    };
  }

  @Override
  public ProcessRunner processes() {
    throw new UnsupportedOperationException("no processes");
  }

  @Override
  public Store store() {
    throw new UnsupportedOperationException("no store");
  }

  @Override
  public EnvironmentGrant environment() throws StepFailedException {
    if (grant == null) {
      throw new StepFailedException(FailureType.CONFIGURATION, "no environment", "Name one.");
    }
    return grant;
  }

  @Override
  public ArtifactRef keep(String name, Path content) {
    try {
      kept = Files.readString(content);
      return new ArtifactRef(name, Digest.of(Files.readAllBytes(content)), Files.size(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ArtifactRef artifact(String name) {
    throw new UnsupportedOperationException("no artifact");
  }

  @Override
  public void unpack(ArtifactRef artifact, Path folder) {
    throw new UnsupportedOperationException("no artifact");
  }
}
