package dev.slipway.activities.step;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.action.Params;
import dev.slipway.activities.archive.ArchiveLimits;
import dev.slipway.activities.archive.TarPacker;
import dev.slipway.activities.archive.TarUnpacker;
import dev.slipway.activities.process.BaseEnvironment;
import dev.slipway.activities.process.ProcessRunner;
import dev.slipway.activities.process.StepMarker;
import dev.slipway.activities.store.FolderStore;
import dev.slipway.activities.store.Store;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.artifact.Digest;
import dev.slipway.json.Json;
import dev.slipway.source.SourceRef;
import dev.slipway.step.EnvironmentGrant;
import dev.slipway.step.StepKey;
import dev.slipway.step.StepRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A step over folders of a test, without references and masking. */
public final class TestStep implements StepContext {
  private final Path folder;
  private final StepRequest request;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  private TestStep(Path folder, StepRequest request) {
    this.folder = folder;
    this.request = request;
  }

  /**
   * @param folder a temporary one, in which {@code workspace} is the commit's files
   * @param params as JSON
   */
  public static TestStep of(Path folder, String params) {
    var key = new StepKey("app", 1, "stage", "unit", 1);
    var source =
        new SourceRef("repo", "0".repeat(40), "a commit", "somebody", Digest.of(new byte[0]));
    return new TestStep(
            folder,
            new StepRequest(
                key,
                source,
                Json.read(params.getBytes(UTF_8), Params.class),
                "",
                Map.of(),
                List.of(),
                null,
                null,
                null,
                null,
                Duration.ofMinutes(2)))
        .withFolders();
  }

  private TestStep withFolders() {
    try {
      Files.createDirectories(workspace());
      Files.createDirectories(temp());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same in a directory, keeping an artifact. */
  public TestStep with(String directory, @Nullable String artifact) {
    return new TestStep(
        folder,
        new StepRequest(
            request.key(),
            request.source(),
            request.params(),
            directory,
            request.env(),
            request.artifacts(),
            artifact,
            null,
            null,
            null,
            request.timeout()));
  }

  /** The same with a time limit. */
  public TestStep within(Duration timeout) {
    return new TestStep(
        folder,
        new StepRequest(
            request.key(),
            request.source(),
            request.params(),
            request.directory(),
            request.env(),
            request.artifacts(),
            request.artifact(),
            null,
            null,
            null,
            timeout));
  }

  /** What the step has said. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public StepRequest request() {
    return request;
  }

  @Override
  public Params params() {
    return request.params();
  }

  @Override
  public Map<String, String> env() {
    return request.env();
  }

  @Override
  public String resolve(String text) {
    return text;
  }

  @Override
  public Path workspace() {
    return folder.resolve("workspace");
  }

  @Override
  public Path directory() {
    return workspace().resolve(request.directory());
  }

  @Override
  public Path temp() {
    return folder.resolve("temp");
  }

  @Override
  public ProcessRunner processes() {
    var marker =
        StepMarker.of(folder.toString(), request.key().path(), UUID.randomUUID().toString());
    return new ProcessRunner(marker, BaseEnvironment.ofThisProcess(), temp());
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
      }
    };
  }

  @Override
  public Store store() {
    try {
      return FolderStore.open(folder.resolve("store"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public EnvironmentGrant environment() {
    throw new IllegalStateException("the step has no environment");
  }

  @Override
  public ArtifactRef keep(String name, Path content) throws InterruptedException {
    try {
      var archive = new ByteArrayOutputStream();
      TarPacker.pack(content, archive);
      var digest = store().put(new ByteArrayInputStream(archive.toByteArray()));
      return new ArtifactRef(name, digest, archive.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ArtifactRef artifact(String name) {
    throw new IllegalStateException("no step before");
  }

  @Override
  public void unpack(ArtifactRef artifact, Path target) throws InterruptedException {
    try (var content = store().open(artifact.digest())) {
      TarUnpacker.unpack(content, target, ArchiveLimits.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
