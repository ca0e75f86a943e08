package dev.slipway.environment;

import dev.slipway.environment.EnvironmentActivities.RollbackChoice;
import org.jspecify.annotations.Nullable;

/** Decides which release a rollback goes to. */
public final class RollbackDecider {
  private RollbackDecider() {}

  /**
   * The live release, the one to go back to, and why there is none.
   *
   * @param to a release by number; null for the newest good one before the live one
   */
  public static RollbackChoice decide(
      LedgerView view, EnvironmentId environment, @Nullable Long to) {
    var live = view.live().orElse(null);
    if (live == null) {
      return new RollbackChoice(null, null, "nothing is live in " + environment);
    }
    if (to == null) {
      var good = view.lastGoodBefore(live.number()).orElse(null);
      return new RollbackChoice(
          live,
          good,
          good == null
              ? "%s has no good release before %d".formatted(environment, live.number())
              : null);
    }
    if (to == live.number()) {
      return new RollbackChoice(
          live, null, "release %d already lives in %s".formatted(to, environment));
    }
    var wanted = view.release(to).orElse(null);
    var source = wanted == null ? null : wanted.source();
    if (source != null && view.heldCommits().contains(source.commit())) {
      return new RollbackChoice(
          live,
          null,
          "release %d was taken back in %s, and its commit is held; if it is to live again, first: slipway env lift-hold %s %.8s"
              .formatted(to, environment, environment.name(), source.commit()));
    }
    return new RollbackChoice(
        live,
        wanted,
        wanted == null
            ? "release %d never went live in %s; see `slipway history %s`"
                .formatted(to, environment, environment.name())
            : null);
  }
}
