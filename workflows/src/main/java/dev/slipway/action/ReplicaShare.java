package dev.slipway.action;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A share of the traffic as a number of replicas, of which each gets as much as any other.
 *
 * @param candidate replicas that run the candidate
 * @param stable replicas that go on running what served before; neither is none
 */
public record ReplicaShare(int candidate, int stable) {
  private static final int TOLERANCE = 1;

  /**
   * The split that comes within one percentage point of what is asked.
   *
   * @return empty when so many replicas can't express it
   */
  public static Optional<ReplicaShare> of(int percent, int replicas) {
    var candidate = (int) Math.round(percent * (double) replicas / 100);
    if (candidate < 1 || candidate >= replicas) {
      return Optional.empty();
    }
    return Math.abs(100d * candidate / replicas - percent) <= TOLERANCE
        ? Optional.of(new ReplicaShare(candidate, replicas - candidate))
        : Optional.empty();
  }

  /** The percentages, rounded, that so many replicas can express. */
  public static List<Integer> expressible(int replicas) {
    return IntStream.rangeClosed(1, 99)
        .mapToObj(percent -> of(percent, replicas))
        .flatMap(Optional::stream)
        .mapToInt(share -> (int) Math.round(100d * share.candidate() / replicas))
        .distinct()
        .boxed()
        .toList();
  }
}
