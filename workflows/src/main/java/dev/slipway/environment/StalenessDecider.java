package dev.slipway.environment;

import java.util.Optional;

/** Decides by Git ancestry whether a commit may still replace what lives. */
public final class StalenessDecider {
  private static final int MOST_NAMED = 5;

  private StalenessDecider() {}

  /** Why the commit may not go live; empty when it may. */
  public static Optional<String> refusal(EnvironmentId environment, StalenessFacts facts) {
    if (!facts.held().isEmpty()) {
      return Optional.of(
          "it contains %s, which was rolled back in %s; revert it, or lift the hold with"
                  .formatted(String.join(", ", facts.held()), environment.name())
              + " `slipway env lift-hold %s %s`"
                  .formatted(environment.name(), facts.held().getFirst()));
    }
    if (facts.missingBefore() != null) {
      var before =
          "%s must have had this commit before %s"
              .formatted(facts.missingBefore(), environment.name());
      return Optional.of(
          facts.noLongerGood() == null
              ? "%s, and it was never released there".formatted(before)
              : "%s, and had it only as %s; release it there again"
                  .formatted(before, facts.noLongerGood()));
    }
    if (facts.live() != null && !facts.liveKnown()) {
      return Optional.of(
          "%s runs commit %s, which this repository does not have; fetch it, or roll back first"
              .formatted(environment.name(), facts.live()));
    }
    if (!facts.lost().isEmpty()) {
      var named = facts.lost().subList(0, Math.min(MOST_NAMED, facts.lost().size()));
      var more = facts.lost().size() - named.size();
      return Optional.of(
          "%s already has commits that this one would lose: %s%s; merge them and run again"
              .formatted(
                  environment.name(),
                  String.join("; ", named),
                  more > 0 ? " and %d more".formatted(more) : ""));
    }
    return Optional.empty();
  }
}
