package dev.slipway.starter.source;

import dev.slipway.action.ActionCatalog;
import dev.slipway.activities.archive.FileTrees;
import dev.slipway.activities.git.Git;
import dev.slipway.activities.git.GitMirror;
import dev.slipway.activities.git.GitRepository;
import dev.slipway.pipeline.file.PipelineFile;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a commit and its pipeline file, before anything starts. */
public final class CommitReader implements AutoCloseable {
  private final Path scratch;
  private final Git git;
  private final Path here;

  private CommitReader(Path scratch, Git git, Path here) {
    this.scratch = scratch;
    this.git = git;
    this.here = here;
  }

  /**
   * @param here the folder that relative repositories are seen from
   */
  public static CommitReader open(Path here) throws IOException {
    var scratch = Files.createTempDirectory("slipway-git-");
    return new CommitReader(scratch, new Git("command", scratch), here);
  }

  /**
   * Reads a commit.
   *
   * @param repository a folder or URL
   * @param revision a branch, a tag or a hash; empty for the current commit
   * @param path of the pipeline file
   */
  public Commit read(String repository, Optional<String> revision, String path)
      throws TroubleException, InterruptedException {
    try {
      var source = GitRepository.at(git, here, repository);
      var hash = source.resolve(revision.orElse("HEAD"));
      var content =
          source.isRemote()
              ? fetched(source, hash, path)
              : source.file(hash, path, PipelineFile.ENOUGH_BYTES);
      var file = PipelineFile.parse(content, ActionCatalog.builtIn(), source.name());
      return new Commit(
          source.location(),
          hash,
          path,
          new String(content, StandardCharsets.UTF_8),
          file,
          revision.isPresent() ? List.of() : source.uncommitted());
    } catch (StepFailedException e) {
      throw TroubleException.of(TroubleException.Kind.INPUT, e);
    }
  }

  private byte[] fetched(GitRepository source, String hash, String path)
      throws StepFailedException, InterruptedException {
    var mirror = GitMirror.open(git, scratch.resolve("mirror"));
    mirror.fetch(source.location(), hash);
    return mirror.file(hash, path, PipelineFile.ENOUGH_BYTES);
  }

  @Override
  public void close() throws IOException {
    FileTrees.delete(scratch);
  }
}
