package dev.slipway.environment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a commit stands to what lives in an environment, read from Git and the ledger.
 *
 * @param live the live release's commit; null when nothing lives or it came from elsewhere
 * @param liveKnown whether the repository still has that commit
 * @param lost commits that live and are not in the new one, newest first: hash and subject
 * @param held commits that were taken back, that the new one contains and does not revert
 * @param missingBefore the environment that must have a good release of this commit and has none;
 *     null when there is no such environment
 * @param noLongerGood the newest release of this commit there and why it does not count; null when
 *     there never was one
 */
public record StalenessFacts(
    @Nullable String live,
    boolean liveKnown,
    List<String> lost,
    List<String> held,
    @Nullable String missingBefore,
    @Nullable String noLongerGood) {
  public StalenessFacts {
    lost = List.copyOf(lost);
    held = List.copyOf(held);
  }
}
