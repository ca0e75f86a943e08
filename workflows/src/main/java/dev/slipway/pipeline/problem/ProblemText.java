package dev.slipway.pipeline.problem;

import dev.slipway.pipeline.problem.ProblemText.Style.Part;
import dev.slipway.text.Counted;
import dev.slipway.text.Printable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Problems as people read them: what is wrong, the line with a caret below it, and what helps. */
public final class ProblemText {
  private static final int WIDEST = 100;
  private static final int BEFORE_CARET = 60;

  private final String file;
  private final List<String> lines;
  private final Style style;

  /** How parts of the text look; the terminal's colours are one. */
  @FunctionalInterface
  public interface Style {
    /** Nothing but characters. */
    Style PLAIN = (part, text) -> text;

    /** The text as it is to be shown. */
    String show(Part part, String text);

    /** What a piece of text is. */
    enum Part {
      ERROR,
      WARNING,
      MESSAGE,
      FRAME,
      HELP
    }
  }

  private ProblemText(String file, byte[] source, List<Problem> problems, Style style) {
    this.file = file;
    this.lines = lines(source, problems);
    this.style = style;
  }

  /** Only as many as are shown: what was refused for its length may have a million. */
  private static List<String> lines(byte[] source, List<Problem> problems) {
    var last = problems.stream().mapToInt(Problem::line).max().orElse(0);
    return new String(source, StandardCharsets.UTF_8).lines().limit(last).toList();
  }

  /** All problems in plain text, an empty line between them. */
  public static String render(String file, byte[] source, List<Problem> problems) {
    return render(file, source, problems, Style.PLAIN);
  }

  /**
   * All problems in that style, an empty line between them.
   *
   * @param file its name, for people
   * @param source the bytes that were parsed
   */
  public static String render(String file, byte[] source, List<Problem> problems, Style style) {
    var text = new ProblemText(file, source, problems, style);
    return problems.stream().map(text::one).collect(Collectors.joining("\n"));
  }

  /** {@code 2 errors and 1 warning}. */
  public static String summary(List<Problem> problems) {
    var errors = problems.stream().filter(Problem::isError).count();
    var warnings = problems.size() - errors;
    if (errors == 0 && warnings == 0) {
      return "no problems";
    }
    if (errors == 0 || warnings == 0) {
      return errors == 0 ? Counted.of(warnings, "warning") : Counted.of(errors, "error");
    }
    return Counted.of(errors, "error") + " and " + Counted.of(warnings, "warning");
  }

  private String one(Problem problem) {
    var margin = " ".repeat(Integer.toString(problem.line()).length());
    var text = new StringBuilder();
    text.append(
            switch (problem.severity()) {
              case ERROR -> style.show(Part.ERROR, "error");
              case WARNING -> style.show(Part.WARNING, "warning");
            })
        .append(style.show(Part.MESSAGE, ": " + problem.message()))
        .append('\n')
        .append(margin)
        .append(style.show(Part.FRAME, "--> "))
        .append("%s:%d:%d".formatted(file, problem.line(), problem.column()))
        .append(problem.path().isEmpty() ? "" : " (" + Printable.of(problem.path()) + ")")
        .append('\n');
    if (problem.line() <= lines.size()) {
      appendLine(text, problem, margin);
    }
    problem
        .suggestion()
        .ifPresent(
            suggestion ->
                text.append(margin)
                    .append(style.show(Part.FRAME, " = "))
                    .append(style.show(Part.HELP, "help"))
                    .append(": ")
                    .append(suggestion)
                    .append('\n'));
    return text.toString();
  }

  private void appendLine(StringBuilder text, Problem problem, String margin) {
    var line = lines.get(problem.line() - 1);
    var length = line.codePointCount(0, line.length());
    var column = Math.clamp(problem.column() - 1, 0, length);
    var from = length <= WIDEST ? 0 : Math.max(0, column - BEFORE_CARET);
    var to = Math.min(length, from + WIDEST);
    var start = line.offsetByCodePoints(0, from);
    var shown =
        Printable.of(
            line.substring(start, line.offsetByCodePoints(start, to - from)).replace('\t', ' '));
    text.append(margin)
        .append(style.show(Part.FRAME, " |"))
        .append('\n')
        .append(style.show(Part.FRAME, problem.line() + " |"))
        .append(' ')
        .append(from > 0 ? "…" : "")
        .append(shown)
        .append(to < length ? "…" : "")
        .append('\n')
        .append(margin)
        .append(style.show(Part.FRAME, " |"))
        .append(' ')
        .append(" ".repeat(column - from + (from > 0 ? 1 : 0)))
        .append(
            style.show(
                problem.isError() ? Part.ERROR : Part.WARNING,
                "^".repeat(width(shown, column - from))))
        .append('\n');
  }

  /** The carets reach over the word, or over the quoted text, that begins at the column. */
  private static int width(String shown, int column) {
    var rest = shown.substring(shown.offsetByCodePoints(0, column));
    if (rest.isEmpty()) {
      return 1;
    }
    var quote = rest.charAt(0);
    var quoted = quote == '"' || quote == '\'';
    int end = quoted ? rest.indexOf(quote, 1) + 1 : wordEnd(rest);
    return rest.codePointCount(0, Math.max(end, 1));
  }

  private static int wordEnd(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      if (" ,:[]{}#".indexOf(rest.charAt(i)) >= 0) {
        return i;
      }
    }
    return rest.length();
  }
}
