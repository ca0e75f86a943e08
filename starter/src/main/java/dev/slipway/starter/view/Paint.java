package dev.slipway.starter.view;

import java.util.regex.Pattern;

/**
 * How text is marked: with colours on a terminal, not at all elsewhere; with signs that the
 * terminal's character set has.
 */
public enum Paint {
  /** Colours, and signs such as ✓. */
  COLOURS(true, true),
  /** Colours, and signs made of ASCII. */
  ASCII_COLOURS(true, false),
  /** No colours. */
  PLAIN(false, true),
  /** No colours, and signs made of ASCII. */
  ASCII(false, false);

  private static final Pattern CODES = Pattern.compile("\u001b\\[[0-9;]*m");

  private final boolean colours;
  private final boolean signs;

  Paint(boolean colours, boolean signs) {
    this.colours = colours;
    this.signs = signs;
  }

  public String red(String text) {
    return wrap("31", text);
  }

  public String green(String text) {
    return wrap("32", text);
  }

  public String yellow(String text) {
    return wrap("33", text);
  }

  public String cyan(String text) {
    return wrap("36", text);
  }

  public String bold(String text) {
    return wrap("1", text);
  }

  public String dim(String text) {
    return wrap("2", text);
  }

  String good() {
    return green(signs ? "✓" : "+");
  }

  String bad() {
    return red(signs ? "✗" : "x");
  }

  String busy() {
    return cyan(signs ? "●" : "*");
  }

  String waiting() {
    return yellow(signs ? "◆" : "?");
  }

  String idle() {
    return dim(signs ? "○" : "-");
  }

  String left() {
    return dim(signs ? "–" : "-");
  }

  private String wrap(String code, String text) {
    return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /** The text without its colours. */
  static String seen(String painted) {
    return CODES.matcher(painted).replaceAll("");
  }

  /** How many characters are seen. */
  static int width(String painted) {
    var text = seen(painted);
    return text.codePointCount(0, text.length());
  }

  /** The line, at most that many characters wide; where something is left out it ends with …. */
  public static String cut(String painted, int most) {
    if (width(painted) <= most) {
      return painted;
    }
    var kept = new StringBuilder();
    var codes = CODES.matcher(painted);
    var seen = 0;
    var at = 0;
    while (at < painted.length() && seen < most - 1) {
      if (codes.find(at) && codes.start() == at) {
        kept.append(codes.group());
        at = codes.end();
      } else {
        var point = painted.codePointAt(at);
        kept.appendCodePoint(point);
        at += Character.charCount(point);
        seen++;
      }
    }
    kept.append('…');
    return painted.indexOf('\u001b') >= 0 ? kept + "\u001b[0m" : kept.toString();
  }
}
