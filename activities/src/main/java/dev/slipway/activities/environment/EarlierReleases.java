package dev.slipway.activities.environment;

import dev.slipway.action.FailureType;
import dev.slipway.activities.step.StepContext;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.Release;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the environment before has had of a commit. Where one comes after another, it takes only
 * what ran there, byte for byte, and is good there still.
 */
public final class EarlierReleases {
  private final Ledger ledger;

  public EarlierReleases(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Refuses an application that no good release of the step's commit ran in the environment before;
   * no environment before refuses nothing.
   *
   * @param what it is, for people
   */
  public void requireApplication(StepContext step, String what, Digest digest)
      throws StepFailedException {
    require(step, what, digest, EarlierReleases::application);
  }

  /**
   * Refuses a frontend that no good release of the step's commit served in the environment before;
   * no environment before refuses nothing.
   *
   * @param name of the artifact with the frontend's files
   * @param manifest that lists them
   */
  public void requireFrontend(StepContext step, String name, Digest manifest)
      throws StepFailedException {
    require(step, "the frontend of artifact " + name, manifest, EnvironmentState::assets);
  }

  private static @Nullable Digest application(EnvironmentState state) {
    return state.application() == null ? null : state.application().content();
  }

  private void require(
      StepContext step,
      String what,
      Digest digest,
      Function<EnvironmentState, @Nullable Digest> had)
      throws StepFailedException {
    var spec = step.environment().spec();
    var before = spec.after();
    if (before == null) {
      return;
    }
    var commit = step.request().source();
    var good = good(new EnvironmentId(step.request().key().application(), before), commit.commit());
    if (good.isEmpty()) {
      throw new StepFailedException(
          FailureType.CONFLICT,
          "%s has no good release of commit %s any more, which %s comes after"
              .formatted(before, commit.abbreviatedCommit(), spec.name()),
          "See `slipway history %s`, and start a new run.".formatted(before));
    }
    var digests =
        good.stream().map(Release::state).map(had).filter(Objects::nonNull).distinct().toList();
    if (!digests.contains(digest)) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "%s is %s, but %s comes after %s, which with commit %s had %s"
              .formatted(
                  what,
                  digest,
                  spec.name(),
                  before,
                  commit.abbreviatedCommit(),
                  digests.isEmpty()
                      ? "none"
                      : digests.stream().map(Digest::text).collect(Collectors.joining(", "))),
          "Build once, and name the same artifact in both stages; what differs between environments"
              + " goes into their `env`.");
    }
  }

  private List<Release> good(EnvironmentId environment, String commit) throws StepFailedException {
    try {
      return ledger.view(environment).goodReleasesOf(commit);
    } catch (IOException e) {
      throw Ledger.unreadable(e);
    }
  }
}
