package dev.slipway.activities.git;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A repository of somebody: a folder on this machine, or a URL. */
public final class GitRepository {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Pattern REMOTE =
      Pattern.compile("(https?|ssh|git|file)://.+|[A-Za-z0-9._-]+@[A-Za-z0-9._-]+:.+");

  private final Git git;
  private final String location;
  private final Path folder;

  private GitRepository(Git git, String location, Path folder) {
    this.git = git;
    this.location = location;
    this.folder = folder;
  }

  /**
   * Finds a repository.
   *
   * @param here the folder that relative ones are seen from
   * @param location a folder in a repository, or a URL; one with credentials is refused
   */
  public static GitRepository at(Git git, Path here, String location)
      throws StepFailedException, InterruptedException {
    if (location.startsWith("-")) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          RepositoryUrl.masked(location) + " is no repository",
          "Name a folder or a URL.");
    }
    RepositoryUrl.refuseCredentials(location);
    if (REMOTE.matcher(location).matches()) {
      return new GitRepository(git, location, here);
    }
    var folder = here.resolve(location).normalize();
    if (!Files.isDirectory(folder)) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "there is no folder " + folder,
          "Name a folder with a Git repository, or a URL.");
    }
    var top = git.ask(folder, List.of("rev-parse", "--show-toplevel"));
    if (!top.exit().isSuccess()) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          folder + " is in no Git repository",
          "Run `git init` there and commit, or name another one with --repo.");
    }
    var root = Path.of(top.text().strip());
    return new GitRepository(git, root.toString(), root);
  }

  /** The folder's top, or the URL. */
  public String location() {
    return location;
  }

  /** Whether it is a URL. */
  public boolean isRemote() {
    return REMOTE.matcher(location).matches();
  }

  /** The last part of its location, without {@code .git}. */
  public String name() {
    var name = location.replaceAll("/+$", "").replaceAll("\\.git$", "");
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
  }

  /**
   * The full hash of what a person calls a commit.
   *
   * @param rev a branch, a tag, a hash or {@code HEAD}
   */
  public String resolve(String rev) throws StepFailedException, InterruptedException {
    if (rev.isBlank() || rev.startsWith("-")) {
      throw unknown(rev, "Name a branch, a tag or a commit.");
    }
    return isRemote() ? resolveRemote(rev) : resolveLocal(rev);
  }

  private String resolveLocal(String rev) throws StepFailedException, InterruptedException {
    var answer =
        git.ask(
            folder,
            List.of("rev-parse", "--verify", "--quiet", "--end-of-options", rev + "^{commit}"));
    if (answer.exit().isSuccess()) {
      return answer.text().strip();
    }
    if (!git.ask(folder, List.of("rev-parse", "--verify", "--quiet", "HEAD")).exit().isSuccess()) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          location + " has no commit yet",
          "Commit what is to be delivered: git add -A && git commit");
    }
    var branches =
        git.ask(
            folder,
            List.of(
                "for-each-ref",
                "--format=%(refname:short)",
                "--count=8",
                "refs/heads",
                "refs/tags"));
    throw unknown(rev, "There are: " + String.join(", ", branches.text().lines().toList()));
  }

  private String resolveRemote(String rev) throws StepFailedException, InterruptedException {
    if (HASH.matcher(rev).matches()) {
      return rev;
    }
    var answer = git.ask(folder, List.of("ls-remote", "--", location, rev, rev + "^{}"));
    if (!answer.exit().isSuccess()) {
      throw new StepFailedException(
          FailureType.TRANSIENT,
          "git could not ask %s: %s"
              .formatted(RepositoryUrl.masked(location), Git.firstLine(answer.text())),
          "Check the URL, the network and your credentials: git ls-remote "
              + RepositoryUrl.masked(location));
    }
    return answer
        .text()
        .lines()
        .map(line -> line.split("\\s", 2)[0])
        .filter(hash -> HASH.matcher(hash).matches())
        .reduce((first, last) -> last)
        .orElseThrow(() -> unknown(rev, "Name a branch, a tag or a full hash."));
  }

  /** Files that differ from the last commit or are in none, which a run does not see. */
  public List<String> uncommitted() throws StepFailedException, InterruptedException {
    return isRemote()
        ? List.of()
        : git.must(
                folder,
                FailureType.INFRASTRUCTURE,
                "look at " + location,
                List.of("status", "--porcelain", "--untracked-files=normal"))
            .lines()
            .map(line -> line.length() > 3 ? line.substring(3) : line)
            .toList();
  }

  /**
   * A file's bytes at a commit; only of a folder, not of a URL.
   *
   * @param most how many bytes are answered of a file that has more
   */
  public byte[] file(String commit, String path, int most)
      throws StepFailedException, InterruptedException {
    return git.file(folder, commit, path, most);
  }

  private StepFailedException unknown(String rev, String advice) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "%s has no commit `%s`".formatted(RepositoryUrl.masked(location), rev),
        advice);
  }
}
