package dev.slipway.activities.git;

import dev.slipway.action.FailureType;
import dev.slipway.activities.store.Store;
import dev.slipway.artifact.Digest;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Our own copy of an application's commits, so that what was delivered can be asked about when the
 * repository it came from is gone. Fetching the same commit twice is the same as once.
 */
public final class GitMirror {
  private static final int MOST_LOST = 100;

  private final Git git;
  private final Path folder;

  private GitMirror(Git git, Path folder) {
    this.git = git;
    this.folder = folder;
  }

  /** The mirror in this folder, which is made when it is not there. */
  public static GitMirror open(Git git, Path folder)
      throws StepFailedException, InterruptedException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the folder %s can't be made: %s".formatted(folder, e.getMessage()),
          "Check the disk and the folder's permissions.",
          e);
    }
    git.must(
        folder, FailureType.INFRASTRUCTURE, "make a mirror", List.of("init", "--bare", "--quiet"));
    return new GitMirror(git, folder);
  }

  /** Brings a commit with its history here. */
  public GitCommit fetch(String repository, String commit)
      throws StepFailedException, InterruptedException {
    if (!has(commit)) {
      git.must(
          folder,
          FailureType.TRANSIENT,
          "fetch %s from %s".formatted(commit, repository),
          List.of(
              "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", repository, commit));
    }
    // A commit that no reference keeps could be swept away.
    git.must(
        folder,
        FailureType.INFRASTRUCTURE,
        "keep " + commit,
        List.of("update-ref", "refs/slipway/" + commit, commit));
    return describe(commit);
  }

  private GitCommit describe(String commit) throws StepFailedException, InterruptedException {
    var lines =
        git.must(
                folder,
                FailureType.CONFIGURATION,
                "read " + commit,
                List.of("show", "--no-patch", "--format=%H%n%s%n%an <%ae>", commit))
            .lines()
            .toList();
    return new GitCommit(
        lines.get(0), lines.size() > 1 ? lines.get(1) : "", lines.size() > 2 ? lines.get(2) : "");
  }

  /** Puts the commit's files into the store, as a tar that is the same each time. */
  public Digest archive(String commit, Store store)
      throws StepFailedException, InterruptedException {
    var kept = new ArrayList<Digest>();
    git.stream(
        folder,
        "pack the files of " + commit,
        tar -> kept.add(store.put(tar)),
        List.of("archive", "--format=tar", commit));
    return kept.getFirst();
  }

  /** A file's text at a commit. */
  public String file(String commit, String path) throws StepFailedException, InterruptedException {
    return git.must(
        folder,
        FailureType.CONFIGURATION,
        "find %s in commit %s".formatted(path, commit.substring(0, 8)),
        List.of("cat-file", "blob", commit + ":" + path));
  }

  /** Whether the commit is here. */
  public boolean has(String commit) throws StepFailedException, InterruptedException {
    return git.ask(folder, List.of("cat-file", "-e", commit + "^{commit}")).exit().isSuccess();
  }

  /** Whether one commit is part of another's history, or the same. */
  public boolean isAncestor(String older, String newer)
      throws StepFailedException, InterruptedException {
    var answer = git.ask(folder, List.of("merge-base", "--is-ancestor", older, newer));
    return switch (answer.exit().code()) {
      case 0 -> true;
      case 1 -> false;
      default ->
          throw new StepFailedException(
              FailureType.CONFIGURATION,
              "git could not compare %s with %s: %s"
                  .formatted(older, newer, Git.firstLine(answer.text())),
              "Check that both commits are in the repository.");
    };
  }

  /** What is in one commit's history and not in another's, newest first: hash and subject. */
  public List<String> lost(String live, String wanted)
      throws StepFailedException, InterruptedException {
    return git.must(
            folder,
            FailureType.CONFIGURATION,
            "compare %s with %s".formatted(live, wanted),
            List.of(
                "log", "--format=%h %s", "-n", Integer.toString(MOST_LOST), wanted + ".." + live))
        .lines()
        .toList();
  }

  /** Whether a later commit of that history says that it reverts this one. */
  public boolean isReverted(String bad, String in)
      throws StepFailedException, InterruptedException {
    return !git.must(
            folder,
            FailureType.CONFIGURATION,
            "look for a revert of " + bad,
            List.of(
                "log",
                "--format=%H",
                "-n",
                "1",
                "--fixed-strings",
                "--grep=This reverts commit " + bad,
                bad + ".." + in))
        .isBlank();
  }
}
