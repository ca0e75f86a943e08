package dev.slipway.pipeline.problem;

import dev.slipway.text.Printable;
import java.util.Collection;
import java.util.stream.Collectors;

/** Puts words of an untrusted file into messages that stand on somebody's terminal. */
public final class Words {
  private static final int LONGEST = 60;

  private Words() {}

  /** The word in back quotes, cut, on one line, without anything that a terminal obeys. */
  public static String quoted(String word) {
    return "`" + cut(Printable.of(word)) + "`";
  }

  /** All of them in quotes: {@code `a`, `b` or `c`}. */
  public static String anyOf(Collection<String> words) {
    var quoted = words.stream().map(Words::quoted).collect(Collectors.toList());
    if (quoted.size() < 2) {
      return String.join("", quoted);
    }
    var last = quoted.removeLast();
    return String.join(", ", quoted) + " or " + last;
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }
}
