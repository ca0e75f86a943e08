package dev.slipway.activities.git;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What commits say that they revert, as {@code git revert} writes it at the start of a line. */
final class Reverts {
  static final String SAID = "This reverts commit ";

  // With `--reference` the hash is abbreviated and the subject follows; a merge has a comma.
  private static final Pattern LINE =
      Pattern.compile("^" + SAID + "([0-9a-f]{7,64})(?=[.,\\s]|$)", Pattern.MULTILINE);

  private Reverts() {}

  /**
   * Whether a commit stays reverted.
   *
   * @param log commits, newest first: each its hash, a line's end, its message, and a NUL
   */
  static boolean hold(String commit, String log) {
    var reverted = new HashSet<String>();
    for (var entry : log.split("\0", -1)) {
      // A revert that a newer commit reverted took nothing back.
      if (!isIn(entry, reverted)) {
        LINE.matcher(entry).results().forEach(line -> reverted.add(line.group(1)));
      }
    }
    return isIn(commit, reverted);
  }

  private static boolean isIn(String commit, Set<String> abbreviated) {
    return abbreviated.stream().anyMatch(commit::startsWith);
  }
}
