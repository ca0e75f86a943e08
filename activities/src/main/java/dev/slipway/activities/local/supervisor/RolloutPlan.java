package dev.slipway.activities.local.supervisor;

import dev.slipway.activities.target.Target.RolloutSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Decides, from what is seen, the next thing to do on the way to so many wanted replicas. */
final class RolloutPlan {
  private RolloutPlan() {}

  /** How a replica is. */
  enum Condition {
    /** It takes traffic and answers its health path. */
    HEALTHY,
    /** Its process lives, but it does not answer as it should. */
    UNHEALTHY,
    /** Its process has ended. */
    GONE
  }

  /**
   * A replica.
   *
   * @param wanted whether it is one of those that shall stay
   */
  record Seen(String id, boolean wanted, Condition condition) {
    private boolean is(Condition other) {
      return condition == other;
    }
  }

  /** The next thing to do; it is done to its end before the next decision. */
  sealed interface Move {
    /** One more of the wanted ones, until it is healthy. */
    record Start() implements Move {}

    /** This one out of rotation, and ended. */
    record Retire(String id) implements Move {}

    /** All that is wanted runs, and nothing else. */
    record Finished() implements Move {}
  }

  /**
   * What is gone is cleared away. Then one more is started while there is room, since even an
   * unhealthy replica may serve somebody; without room, or when enough are there, the unhealthy
   * ones go first and then the older ones. Room for one more, or for one fewer, is all that a way
   * needs: without room for more, one fewer is allowed.
   *
   * @throws IllegalArgumentException when the settings leave no way to move
   */
  static Move next(List<Seen> replicas, int count, RolloutSettings settings) {
    if (settings.maxSurge() <= 0 && settings.maxUnavailable() <= 0) {
      throw new IllegalArgumentException("neither a replica more nor one fewer is allowed");
    }
    var gone = first(replicas, seen -> seen.is(Condition.GONE));
    if (gone.isPresent()) {
      return new Move.Retire(gone.get().id());
    }
    var staying =
        replicas.stream().filter(seen -> seen.wanted() && seen.is(Condition.HEALTHY)).count();
    if (staying < count && replicas.size() < count + settings.maxSurge()) {
      return new Move.Start();
    }
    return first(replicas, seen -> seen.is(Condition.UNHEALTHY))
        .or(() -> first(replicas, seen -> !seen.wanted()))
        .or(() -> staying > count ? first(replicas, Seen::wanted) : Optional.empty())
        .<Move>map(seen -> new Move.Retire(seen.id()))
        .orElseGet(Move.Finished::new);
  }

  private static Optional<Seen> first(List<Seen> replicas, Predicate<Seen> which) {
    return replicas.stream().filter(which).findFirst();
  }
}
