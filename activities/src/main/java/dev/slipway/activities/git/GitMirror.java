package dev.slipway.activities.git;

import dev.slipway.action.FailureType;
import dev.slipway.activities.store.Store;
import dev.slipway.artifact.Digest;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * Our own copy of an application's commits, so that what was delivered can be asked about when the
 * repository it came from is gone. Fetching the same commit twice is the same as once.
 */
public final class GitMirror {
  private static final int MOST_LOST = 100;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  /** Otherwise a commit could leave files out of its own archive, or have git write into them. */
  private static final String ATTRIBUTES = "* -export-ignore -export-subst\n";

  private static final ReentrantLock MAKING = new ReentrantLock();

  private final Git remotes;
  private final Git git;
  private final Path folder;

  private GitMirror(Git remotes, Git git, Path folder) {
    this.remotes = remotes;
    this.git = git;
    this.folder = folder;
  }

  /** The mirror in this folder, which is made when it is not there. */
  public static GitMirror open(Git git, Path folder)
      throws StepFailedException, InterruptedException {
    var local = git.withoutSettings();
    try {
      if (!isMade(folder)) {
        MAKING.lockInterruptibly();
        try {
          make(local, folder);
        } finally {
          MAKING.unlock();
        }
      }
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the folder %s can't be made: %s".formatted(folder, e.getMessage()),
          "Check the disk and the folder's permissions.",
          e);
    }
    return new GitMirror(git, local, folder);
  }

  private static boolean isMade(Path folder) throws IOException {
    var attributes = attributes(folder);
    return Files.exists(attributes) && Files.readString(attributes).equals(ATTRIBUTES);
  }

  private static void make(Git git, Path folder)
      throws StepFailedException, InterruptedException, IOException {
    Files.createDirectories(folder);
    git.must(
        folder,
        FailureType.INFRASTRUCTURE,
        "make a mirror",
        List.of("init", "--bare", "--quiet", "--template="));
    // Last, as it says that the mirror is whole.
    Files.createDirectories(folder.resolve("info"));
    var written = Files.createTempFile(folder, "attributes", null);
    Files.writeString(written, ATTRIBUTES);
    Files.move(written, attributes(folder), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path attributes(Path folder) {
    return folder.resolve("info").resolve("attributes");
  }

  /**
   * Brings a commit with its history here.
   *
   * @param repository a folder or a URL; one with credentials is refused
   * @param commit the full hash
   */
  public GitCommit fetch(String repository, String commit)
      throws StepFailedException, InterruptedException {
    RepositoryUrl.refuseCredentials(repository);
    if (!HASH.matcher(commit).matches()) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "`%s` is no full hash of a commit".formatted(commit),
          "Name it by all its digits: git rev-parse REVISION");
    }
    if (!has(commit)) {
      fetchMissing(repository, commit);
    }
    // A commit that no reference keeps could be swept away.
    git.must(
        folder,
        FailureType.INFRASTRUCTURE,
        "keep " + commit,
        List.of("update-ref", "refs/slipway/" + commit, commit));
    return describe(commit);
  }

  private void fetchMissing(String repository, String commit)
      throws StepFailedException, InterruptedException {
    var arguments =
        List.of(
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-recurse-submodules",
            "--no-write-fetch-head",
            "--",
            repository,
            commit);
    var answer = remotes.ask(folder, arguments);
    if (answer.exit().isSuccess()) {
      return;
    }
    if (answer.text().contains("not our ref " + commit)) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "%s has no commit %s".formatted(RepositoryUrl.masked(repository), commit),
          "Push the commit, or name another one.");
    }
    throw new StepFailedException(
        FailureType.TRANSIENT,
        "git could not fetch %s from %s: %s"
            .formatted(commit, RepositoryUrl.masked(repository), Git.firstLine(answer.text())),
        Git.byHand(arguments));
  }

  private GitCommit describe(String commit) throws StepFailedException, InterruptedException {
    var fields =
        git.must(
                folder,
                FailureType.CONFIGURATION,
                "read " + commit,
                List.of("log", "--no-walk", "--format=%H%n%an <%ae>%n%s", commit))
            .split("\n", -1);
    return new GitCommit(fields[0], fields[2], fields[1]);
  }

  /** Puts the commit's files into the store, as a tar that is the same each time. */
  public Digest archive(String commit, Store store)
      throws StepFailedException, InterruptedException {
    var kept = new ArrayList<Digest>();
    git.stream(
        folder,
        FailureType.INFRASTRUCTURE,
        "pack the files of " + commit,
        tar -> kept.add(store.put(tar)),
        List.of("archive", "--format=tar", commit));
    return kept.getFirst();
  }

  /**
   * A file's bytes at a commit.
   *
   * @param most how many bytes are answered of a file that has more
   */
  public byte[] file(String commit, String path, int most)
      throws StepFailedException, InterruptedException {
    return git.file(folder, commit, path, most);
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
    var log =
        git.must(
            folder,
            FailureType.CONFIGURATION,
            "compare %s with %s".formatted(live, wanted),
            List.of(
                "log", "--format=%h %s", "-n", Integer.toString(MOST_LOST), wanted + ".." + live));
    return log.isEmpty() ? List.of() : List.of(log.stripTrailing().split("\n", -1));
  }

  /**
   * Whether a later commit of that history says that it reverts this one, and was not reverted
   * itself. A commit that does not follow this one can't have taken it back.
   */
  public boolean isReverted(String bad, String in)
      throws StepFailedException, InterruptedException {
    return Reverts.hold(
        bad,
        git.must(
            folder,
            FailureType.CONFIGURATION,
            "look for a revert of " + bad,
            List.of(
                "log",
                "-z",
                "--topo-order",
                "--ancestry-path",
                "--fixed-strings",
                "--grep=" + Reverts.SAID,
                "--format=%H%n%B",
                bad + ".." + in)));
  }
}
