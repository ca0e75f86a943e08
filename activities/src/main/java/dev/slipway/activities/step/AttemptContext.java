package dev.slipway.activities.step;

import dev.slipway.action.FailureType;
import dev.slipway.action.Params;
import dev.slipway.activities.archive.ArchiveLimits;
import dev.slipway.activities.archive.TarPacker;
import dev.slipway.activities.archive.TarUnpacker;
import dev.slipway.activities.archive.UnsafeArchiveException;
import dev.slipway.activities.process.ProcessRunner;
import dev.slipway.activities.store.Store;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.artifact.Digest;
import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.step.EnvironmentGrant;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepRequest;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one attempt's action gets. */
final class AttemptContext implements StepContext {
  private final StepRequest request;
  private final AttemptFolders folders;
  private final Store store;
  private final LateReferences references;
  private final ProcessRunner processes;
  private final StepLog log;
  private boolean unpacked;

  AttemptContext(
      StepRequest request,
      AttemptFolders folders,
      Store store,
      LateReferences references,
      ProcessRunner processes,
      StepLog log) {
    this.request = request;
    this.folders = folders;
    this.store = store;
    this.references = references;
    this.processes = processes;
    this.log = log;
  }

  @Override
  public StepRequest request() {
    return request;
  }

  @Override
  public Params params() throws StepFailedException, InterruptedException {
    return references.params();
  }

  @Override
  public Map<String, String> env() throws StepFailedException, InterruptedException {
    return references.env();
  }

  @Override
  public String resolve(String text) throws StepFailedException, InterruptedException {
    return references.text(text);
  }

  @Override
  public synchronized Path workspace() throws StepFailedException, InterruptedException {
    if (!unpacked) {
      unpack(request.source().archive(), folders.workspace(), "the commit's archive");
      unpacked = true;
    }
    return folders.workspace();
  }

  @Override
  public Path directory() throws StepFailedException, InterruptedException {
    var workspace = workspace();
    try {
      var directory = workspace.resolve(request.directory()).normalize();
      if (Files.isDirectory(directory)
          && directory.toRealPath().startsWith(workspace.toRealPath())) {
        return directory;
      }
    } catch (IOException | InvalidPathException e) {
      throw noDirectory(e);
    }
    throw noDirectory(null);
  }

  private StepFailedException noDirectory(@Nullable Exception cause) {
    var failure =
        new StepFailedException(
            FailureType.CONFIGURATION,
            "the commit has no directory `%s`".formatted(request.directory()),
            "The step's `directory` is relative to the repository's root.");
    if (cause != null) {
      failure.initCause(cause);
    }
    return failure;
  }

  @Override
  public Path temp() {
    return folders.temp();
  }

  @Override
  public ProcessRunner processes() {
    return processes;
  }

  @Override
  public StepLog log() {
    return log;
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public EnvironmentGrant environment() throws StepFailedException {
    return Grants.of(request);
  }

  @Override
  public ArtifactRef keep(String name, Path content)
      throws StepFailedException, InterruptedException {
    if (!Files.exists(content)) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "there is no `%s` to keep as the artifact `%s`".formatted(shown(content), name),
          "Name what the step makes in its parameter `output`, relative to the step's directory.");
    }
    try {
      var packed = Files.createTempFile(folders.root(), "artifact", ".tar");
      try {
        try (var out = new FileOutputStream(packed.toFile())) {
          TarPacker.pack(content, out);
        }
        try (var in = Files.newInputStream(packed)) {
          var artifact = new ArtifactRef(name, store.put(in), Files.size(packed));
          log.line(
              "kept %sas artifact %s, %s"
                  .formatted(
                      content.startsWith(folders.workspace()) ? shown(content) + " " : "",
                      name,
                      artifact.digest().abbreviated()));
          return artifact;
        }
      } finally {
        Files.deleteIfExists(packed);
      }
    } catch (UnsafeArchiveException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "`%s` can't be kept as the artifact `%s`: %s"
              .formatted(shown(content), name, e.getMessage()),
          "An artifact holds files, folders and links that stay inside of it.",
          e);
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the artifact `%s` could not be kept: %s".formatted(name, e),
          "Is there space for the worker's home and its store?",
          e);
    }
  }

  @Override
  public ArtifactRef artifact(String name) throws StepFailedException {
    var names = request.artifacts().stream().map(ArtifactRef::name).toList();
    return request.artifacts().stream()
        .filter(artifact -> artifact.name().equals(name))
        .reduce((earlier, later) -> later)
        .orElseThrow(
            () ->
                new StepFailedException(
                    FailureType.CONFIGURATION,
                    "no earlier step kept an artifact `%s`".formatted(name),
                    "There is %s.%s"
                        .formatted(
                            names.isEmpty() ? "none" : String.join(", ", names),
                            Nearest.question(name, names)
                                .map(question -> " Or " + question)
                                .orElse(""))));
  }

  @Override
  public void unpack(ArtifactRef artifact, Path folder)
      throws StepFailedException, InterruptedException {
    unpack(artifact.digest(), folder, "the artifact `%s`".formatted(artifact.name()));
  }

  private void unpack(Digest digest, Path folder, String what)
      throws StepFailedException, InterruptedException {
    try (var archive = store.open(digest)) {
      TarUnpacker.unpack(archive, folder, ArchiveLimits.DEFAULT);
    } catch (UnsafeArchiveException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "%s can't be unpacked safely: %s".formatted(what, e.getMessage()),
          "Take that out of it.",
          e);
    } catch (NoSuchFileException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "%s (%s) is not in this worker's store".formatted(what, digest.abbreviated()),
          "Does this worker use the store in which the run began? See `slipway doctor`.",
          e);
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "%s could not be unpacked: %s".formatted(what, e),
          "Is there space for the worker's home, and is its store whole?",
          e);
    }
  }

  private Path shown(Path content) {
    return content.startsWith(folders.workspace())
        ? folders.workspace().relativize(content)
        : content.getFileName();
  }
}
