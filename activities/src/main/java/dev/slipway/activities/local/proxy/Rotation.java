package dev.slipway.activities.local.proxy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The replicas that get requests. The one with the fewest unanswered ones is next; one that is not
 * healthy is next only while none is healthy.
 */
public final class Rotation {
  private final List<Backend> backends = new ArrayList<>();
  private int turn;

  /** Gives it requests from now on. */
  public synchronized void add(Backend backend) {
    if (!backends.contains(backend)) {
      backends.add(backend);
    }
  }

  /** Gives it no further requests; those it has go on. */
  public synchronized void remove(Backend backend) {
    backends.remove(backend);
  }

  /** Whether there is one at all. */
  public synchronized boolean isEmpty() {
    return backends.isEmpty();
  }

  /**
   * Chooses and counts the request in, in one step: what was removed before is not chosen after.
   *
   * @param tried those that could not answer this request; chosen again only if there is no other
   */
  synchronized Optional<Backend> begin(Collection<Backend> tried) {
    turn++;
    var offset = turn;
    var chosen =
        IntStream.range(0, backends.size())
            .mapToObj(index -> backends.get((index + offset) % backends.size()))
            .min(
                Comparator.<Backend>comparingInt(backend -> tried.contains(backend) ? 1 : 0)
                    .thenComparingInt(backend -> backend.healthy() ? 0 : 1)
                    .thenComparingInt(Backend::inFlight));
    chosen.ifPresent(Backend::began);
    return chosen;
  }
}
