package dev.slipway.activities.database.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits a script into statements as psql does: at semicolons outside of strings, quoted names,
 * dollar quotes, comments, parentheses and the bodies of SQL functions. See PostgreSQL's manual,
 * 4.1 Lexical Structure.
 */
public final class SqlScript {
  private final String text;
  private final List<SqlStatement> statements = new ArrayList<>();
  private int position;
  private int start = -1;
  private int parentheses;
  private int blocks;
  private final List<String> words = new ArrayList<>();

  private SqlScript(String text) {
    this.text = text;
  }

  /** The statements in order; comments alone are none. */
  public static List<SqlStatement> statements(String text) {
    var script = new SqlScript(text);
    script.split();
    return List.copyOf(script.statements);
  }

  private void split() {
    while (position < text.length()) {
      var character = text.charAt(position);
      if (text.startsWith("--", position)) {
        skipTo(text.indexOf('\n', position), 1);
      } else if (text.startsWith("/*", position)) {
        skipComment();
      } else if (Character.isWhitespace(character)) {
        position++;
      } else if (character == ';' && parentheses == 0 && blocks == 0) {
        finish(position);
        position++;
      } else {
        begin();
        token(character);
      }
    }
    finish(text.length());
  }

  private void token(char character) {
    switch (character) {
      case '\'' -> skipQuoted('\'', isEscapeString());
      case '"' -> skipQuoted('"', false);
      case '$' -> skipDollarQuoted();
      case '(' -> {
        parentheses++;
        position++;
      }
      case ')' -> {
        parentheses = Math.max(0, parentheses - 1);
        position++;
      }
      default -> {
        if (Character.isLetter(character) || character == '_') {
          word();
        } else {
          position++;
        }
      }
    }
  }

  private void begin() {
    if (start < 0) {
      start = position;
    }
  }

  private void finish(int end) {
    if (start >= 0) {
      var line = 1 + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
      statements.add(new SqlStatement(text.substring(start, end).strip(), line));
    }
    start = -1;
    parentheses = 0;
    blocks = 0;
    words.clear();
  }

  private void word() {
    var from = position;
    while (position < text.length() && isWordPart(text.charAt(position))) {
      position++;
    }
    var word = text.substring(from, position).toUpperCase(Locale.ROOT);
    if (words.size() < 4) {
      words.add(word);
    }
    // CREATE FUNCTION … BEGIN ATOMIC …; …; END is one statement.
    if (isRoutine() && parentheses == 0) {
      switch (word) {
        case "BEGIN" -> blocks++;
        case "CASE" -> blocks += blocks > 0 ? 1 : 0;
        case "END" -> blocks -= blocks > 0 ? 1 : 0;
        default -> {}
      }
    }
  }

  private boolean isRoutine() {
    var from = words.size() > 2 && words.get(1).equals("OR") ? 3 : 1;
    return words.size() > from
        && words.getFirst().equals("CREATE")
        && List.of("FUNCTION", "PROCEDURE").contains(words.get(from));
  }

  private boolean isEscapeString() {
    return position > 0
        && (text.charAt(position - 1) == 'E' || text.charAt(position - 1) == 'e')
        && (position < 2 || !isWordPart(text.charAt(position - 2)));
  }

  private void skipQuoted(char quote, boolean escapes) {
    position++;
    while (position < text.length()) {
      var character = text.charAt(position);
      if (escapes && character == '\\') {
        position++;
      } else if (character == quote) {
        // A doubled quote stands for itself, and is read as the end and another beginning.
        break;
      }
      position++;
    }
    position = Math.min(position + 1, text.length());
    if (position < text.length() && text.charAt(position) == quote) {
      skipQuoted(quote, escapes);
    }
  }

  private void skipDollarQuoted() {
    var end = position + 1;
    while (end < text.length() && isTagPart(text.charAt(end))) {
      end++;
    }
    var inWord = position > 0 && isWordPart(text.charAt(position - 1));
    if (inWord
        || end >= text.length()
        || text.charAt(end) != '$'
        || Character.isDigit(text.charAt(position + 1))) {
      position++;
      return;
    }
    var tag = text.substring(position, end + 1);
    skipTo(text.indexOf(tag, end + 1), tag.length());
  }

  private void skipComment() {
    var depth = 0;
    do {
      if (text.startsWith("/*", position)) {
        depth++;
        position += 2;
      } else if (text.startsWith("*/", position)) {
        depth--;
        position += 2;
      } else {
        position++;
      }
    } while (depth > 0 && position < text.length());
  }

  private void skipTo(int found, int length) {
    position = found < 0 ? text.length() : found + length;
  }

  private static boolean isWordPart(char character) {
    return Character.isLetterOrDigit(character) || character == '_' || character == '$';
  }

  private static boolean isTagPart(char character) {
    return Character.isLetterOrDigit(character) || character == '_';
  }
}
