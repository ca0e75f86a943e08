package dev.slipway.starter.view;

import java.util.ArrayList;
import java.util.List;

/** Breaks long text between words. */
final class Wrapping {
  private Wrapping() {}

  /** Lines of at most this many columns, unless a word is longer; line breaks of the text stay. */
  static List<String> lines(String text, int columns) {
    var lines = new ArrayList<String>();
    for (var paragraph : text.lines().toList()) {
      var rest = paragraph.stripTrailing();
      while (rest.length() > columns) {
        var end = rest.lastIndexOf(' ', columns);
        end = end > 0 && !rest.substring(0, end).isBlank() ? end : rest.indexOf(' ', columns);
        if (end < 0) {
          break;
        }
        lines.add(rest.substring(0, end).stripTrailing());
        rest = rest.substring(end + 1);
      }
      lines.add(rest);
    }
    return lines;
  }
}
