package dev.slipway.pipeline.problem;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class Nearest {
  private static final int MOST_EDITS = 3;

  private Nearest() {}

  /** A question that names the nearest known word; empty when none is near. */
  public static Optional<String> question(String word, Collection<String> known) {
    return to(word, known).map(near -> "did you mean " + Words.quoted(near) + "?");
  }

  /** The known word with the fewest edits, of which at most a third of the letters may need one. */
  public static Optional<String> to(String word, Collection<String> known) {
    Optional<String> nearest = Optional.empty();
    var fewest = Math.min(word.length() / 3, MOST_EDITS) + 1;
    var folded = fold(word);
    for (var candidate : known) {
      if (Math.abs(candidate.length() - word.length()) >= fewest) {
        continue;
      }
      var edits = edits(folded, fold(candidate));
      if (edits < fewest) {
        fewest = edits;
        nearest = Optional.of(candidate);
      }
    }
    return nearest;
  }

  /** Letters' case and the choice of {@code -} or {@code _} are no edits. */
  private static String fold(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /**
   * Insertions, deletions, replacements and swaps of neighbours (the optimal string alignment
   * distance of Damerau and Levenshtein).
   */
  static int edits(String from, String to) {
    var beforeLast = new int[to.length() + 1];
    var last = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      var current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        var replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(last[j], current[j - 1]) + 1);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          current[j] = Math.min(current[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = current;
    }
    return last[to.length()];
  }
}
