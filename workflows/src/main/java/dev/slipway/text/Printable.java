package dev.slipway.text;

/** Makes text from outside safe for a terminal and for a page. */
public final class Printable {
  private Printable() {}

  /** The same text with every character that has no shape of its own shown as {@code ·}. */
  public static String of(String text) {
    var shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(character -> shown.appendCodePoint(isShown(character) ? character : '·'));
    return shown.toString();
  }

  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
