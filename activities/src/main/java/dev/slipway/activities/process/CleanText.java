package dev.slipway.activities.process;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Makes a program's output safe to show: text alone, without colours and other commands. */
public final class CleanText {
  private static final char ESCAPE = '\u001b';
  private static final char BELL = '\u0007';

  private CleanText() {}

  /** Reads UTF-8, with U+FFFD for what is none. */
  static String of(byte[] bytes) {
    return of(new String(bytes, UTF_8));
  }

  /** Removes terminal sequences and every control character but the tab. */
  public static String of(String text) {
    if (text.chars().noneMatch(CleanText::isRemoved)) {
      return text;
    }
    var clean = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == ESCAPE) {
        i = endOfSequence(text, i);
      } else if (!isRemoved(c)) {
        clean.append(c);
      }
    }
    return clean.toString();
  }

  private static boolean isRemoved(int c) {
    return c != '\t' && Character.isISOControl(c);
  }

  /** The index of the last character of the sequence that begins with an escape (ECMA-48). */
  private static int endOfSequence(String text, int escape) {
    var last = text.length() - 1;
    if (escape == last) {
      return last;
    }
    var first = escape + 1;
    return switch (text.charAt(first)) {
      case '[' -> Math.min(endOfControl(text, first + 1), last);
      case ']', 'P', '_', '^', 'X' -> endOfString(text, first);
      case '(', ')', '*', '+', '#', '%', ' ' -> Math.min(first + 1, last);
      default -> first;
    };
  }

  private static int endOfControl(String text, int from) {
    var i = from;
    while (i < text.length() - 1 && (text.charAt(i) < '@' || text.charAt(i) > '~')) {
      i++;
    }
    return i;
  }

  private static int endOfString(String text, int from) {
    var last = text.length() - 1;
    var i = from;
    while (i < last && text.charAt(i) != BELL && text.charAt(i) != ESCAPE) {
      i++;
    }
    return text.charAt(i) == ESCAPE && i < last ? i + 1 : i;
  }
}
