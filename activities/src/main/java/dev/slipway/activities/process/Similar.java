package dev.slipway.activities.process;

import java.util.Collection;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class Similar {
  private Similar() {}

  /** A question that names the nearest known word; empty when none is near. */
  public static Optional<String> question(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> edits(word, candidate) <= Math.clamp(word.length() / 3, 1, 3))
        .min(java.util.Comparator.comparingInt(candidate -> edits(word, candidate)))
        .map(near -> "did you mean `" + near + "`?");
  }

  private static int edits(String from, String to) {
    var last = new int[to.length() + 1];
    for (var j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (var i = 1; i <= from.length(); i++) {
      var current = new int[to.length() + 1];
      current[0] = i;
      for (var j = 1; j <= to.length(); j++) {
        var replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(last[j], current[j - 1]) + 1);
      }
      last = current;
    }
    return last[to.length()];
  }
}
