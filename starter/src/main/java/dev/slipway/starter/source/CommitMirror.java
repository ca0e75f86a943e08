package dev.slipway.starter.source;

import dev.slipway.activities.git.Git;
import dev.slipway.activities.git.GitMirror;
import dev.slipway.activities.home.Home;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;

/** The mirror that a run would fetch its commit into anyway. */
public final class CommitMirror {
  private CommitMirror() {}

  /** The application's, with the commit in it. */
  public static GitMirror of(Home home, String application, Commit commit)
      throws IOException, StepFailedException, InterruptedException {
    Files.createDirectories(home.work());
    var mirror = GitMirror.open(new Git("command", home.work()), home.mirror(application));
    mirror.fetch(commit.repository(), commit.hash());
    return mirror;
  }
}
