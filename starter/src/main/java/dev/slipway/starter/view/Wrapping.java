package dev.slipway.starter.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Breaks long text between words; what is painted counts by what is seen. */
public final class Wrapping {
  private static final int LEAST = 20;

  private Wrapping() {}

  /** Lines of at most this many columns, unless a word is longer; line breaks of the text stay. */
  static List<String> lines(String text, int columns) {
    var lines = new ArrayList<String>();
    for (var paragraph : text.lines().toList()) {
      wrap(paragraph.stripTrailing(), Math.max(LEAST, columns), lines);
    }
    return lines;
  }

  private static void wrap(String paragraph, int columns, List<String> lines) {
    if (Paint.width(paragraph) <= columns) {
      lines.add(paragraph);
      return;
    }
    var words = paragraph.split(" ", -1);
    var line = new StringBuilder(words[0]);
    for (var word : List.of(words).subList(1, words.length)) {
      var seen = Paint.width(line.toString());
      if (!line.toString().isBlank() && seen + 1 + Paint.width(word) > columns) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        line.append(word);
      } else {
        line.append(' ').append(word);
      }
    }
    lines.add(line.toString());
  }

  /** A line, and what does not fit in lines below that are indented deeper. */
  public static List<String> hanging(String line, int columns) {
    if (Paint.width(line) <= columns) {
      return List.of(line);
    }
    var seen = Paint.seen(line);
    var indent = " ".repeat(seen.length() - seen.stripLeading().length() + 4);
    var wrapped = lines(line, columns - indent.length());
    return IntStream.range(0, wrapped.size())
        .mapToObj(at -> at == 0 ? wrapped.get(at) : indent + wrapped.get(at))
        .toList();
  }
}
