package dev.slipway.activities.secret;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds pieces of secrets: texts are shortened and encodings are broken into lines, and half of a
 * secret is still one.
 */
final class Fragments {
  /** Shorter pieces occur by chance. */
  static final int LENGTH = 8;

  /** Of a shorter secret such a piece is most of it, and words would be taken for pieces. */
  private static final int SHORTEST_SECRET = 2 * LENGTH;

  private final Set<String> pieces = new HashSet<>();

  Fragments(Collection<String> forms) {
    for (var form : forms) {
      if (form.length() >= SHORTEST_SECRET) {
        for (var i = 0; i + LENGTH <= form.length(); i++) {
          pieces.add(form.substring(i, i + LENGTH));
        }
      }
    }
  }

  /** The text with this instead of each piece, as long as it is. */
  String replace(String text, String mask) {
    if (pieces.isEmpty() || text.length() < LENGTH) {
      return text;
    }
    var secret = new BitSet(text.length());
    for (var i = 0; i + LENGTH <= text.length(); i++) {
      if (pieces.contains(text.substring(i, i + LENGTH))) {
        secret.set(i, i + LENGTH);
      }
    }
    if (secret.isEmpty()) {
      return text;
    }
    var shown = new StringBuilder(text.length());
    var at = 0;
    while (at < text.length()) {
      var from = secret.nextSetBit(at);
      if (from < 0) {
        return shown.append(text, at, text.length()).toString();
      }
      shown.append(text, at, from).append(mask);
      at = secret.nextClearBit(from);
    }
    return shown.toString();
  }
}
