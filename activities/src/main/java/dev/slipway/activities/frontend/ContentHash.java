package dev.slipway.activities.frontend;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognises names that a bundler made from a file's content: {@code index-DiwrgT3a.js} (Vite,
 * Rollup), {@code main.8a7b6c5d.chunk.js} (webpack), {@code main-5QXTZ3KJ.js} (Angular, esbuild),
 * {@code 1a2b3c4d5e6f7890.css} (Next).
 *
 * <p>In doubt a name holds no hash. A browser then asks whether the file has changed, which is slow
 * and right; the other mistake would show people an old file for a year.
 */
final class ContentHash {
  /** Not what a hash is made of: pages refer to hashes, maps and licences only lie beside them. */
  private static final Set<String> NEVER =
      Set.of("html", "htm", "map", "txt", "webmanifest", "xml");

  private static final Set<String> KINDS = Set.of("chunk", "bundle", "min", "module");

  private static final Pattern HEX = Pattern.compile("(?:.*[-._~])?([0-9a-f]{8,64})");
  private static final Pattern AFTER_DELIMITER = Pattern.compile(".*[-.]([A-Za-z0-9_-]{8})");
  private static final Pattern WHOLE = Pattern.compile("[A-Za-z0-9_-]{8}");
  private static final Pattern BASE_32 = Pattern.compile("[A-Z2-7]{8}");
  private static final Pattern DIGIT = Pattern.compile("[0-9]");
  private static final Pattern LOWER = Pattern.compile("[a-z]");
  private static final Pattern UPPER = Pattern.compile("[A-Z]");

  /** Words, also several in camel case, also numbered: as people name files. */
  private static final Pattern WORD = Pattern.compile("([A-Z]?[a-z]+)*[0-9]*|[A-Z]*[0-9]*");

  private ContentHash() {}

  /** Whether a file's name, without its folders, ends in a hash before its extension. */
  static boolean endsName(String name) {
    var stem = stem(name);
    var hex = HEX.matcher(stem);
    if (hex.matches() && isMixedHex(hex.group(1))) {
      return true;
    }
    var random = AFTER_DELIMITER.matcher(stem);
    return random.matches() && isRandom(random.group(1));
  }

  /** Whether a file's name is nothing but a hash before its extension. */
  static boolean isName(String name) {
    var stem = stem(name);
    return WHOLE.matcher(stem).matches() && isRandom(stem);
  }

  /** Empty when no hash counts. */
  private static String stem(String name) {
    var dot = name.lastIndexOf('.');
    if (dot <= 0 || NEVER.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
      return "";
    }
    var stem = name.substring(0, dot);
    for (var last = stem.lastIndexOf('.');
        last > 0 && KINDS.contains(stem.substring(last + 1));
        last = stem.lastIndexOf('.')) {
      stem = stem.substring(0, last);
    }
    return stem;
  }

  /** Digits alone are a date or a number, letters alone a word. */
  private static boolean isMixedHex(String text) {
    return DIGIT.matcher(text).find() && LOWER.matcher(text).find();
  }

  private static boolean isRandom(String text) {
    var mixed = LOWER.matcher(text).find() && UPPER.matcher(text).find();
    if (!mixed && !BASE_32.matcher(text).matches()) {
      return false;
    }
    for (var part : text.split("[-_]", -1)) {
      if (!WORD.matcher(part).matches()) {
        return true;
      }
    }
    return false;
  }
}
