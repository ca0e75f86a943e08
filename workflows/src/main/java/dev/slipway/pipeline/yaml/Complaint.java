package dev.slipway.pipeline.yaml;

import dev.slipway.pipeline.problem.Place;
import dev.slipway.pipeline.problem.Words;
import dev.slipway.text.Printable;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Why the parser gave up, in words for people: it says what it expected, they want to know what to
 * mend. Where several mistakes look the same to it, the text around tells which one was made.
 */
final class Complaint {
  private static final Pattern NO_SPACE = Pattern.compile("([A-Za-z_][\\w-]*):([^\\s/:].*)");
  private static final Pattern CONFLICT = Pattern.compile("(<{7}|={7}|>{7})( .*)?");
  private static final String CAUSES =
      "look for a tab, a missing colon, a quote that is not closed, or another indentation";

  private final String text;
  private final String problem;
  private final String context;
  private final Place place;
  private final Place begin;

  private Complaint(MarkedYamlEngineException raw, String text) {
    this.text = text;
    this.problem = oneLine(raw.getProblem());
    this.context = oneLine(raw.getContext());
    this.place = place(raw.getProblemMark());
    this.begin = raw.getContextMark().isPresent() ? place(raw.getContextMark()) : place;
  }

  private static Place place(Optional<Mark> mark) {
    return mark.map(TreeBuilder::place).orElse(Place.START);
  }

  /** What stands where, and what to write instead. */
  static UnreadableException of(MarkedYamlEngineException raw, String text) {
    return new Complaint(raw, text).told();
  }

  private UnreadableException told() {
    if (CONFLICT.matcher(line(place.line())).matches()
        || CONFLICT.matcher(line(place.line() - 1)).matches()) {
      return at(place, "the lines of a merge conflict", "resolve it: git status");
    }
    if (problem.contains("(TAB)")) {
      return at(place, "a tab, where only spaces may stand", "indent with spaces");
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return misplacedColon();
    }
    if (problem.startsWith("could not find expected ':'")) {
      return at(
          begin,
          "no colon follows this name",
          "write " + Words.quoted(content(begin.line()) + ":"));
    }
    if (context.contains("quoted scalar") && problem.contains("end of stream")) {
      return at(begin, "the quote that begins here is never closed", "close it in the same line");
    }
    if (problem.contains("unknown escape")) {
      return at(
          place,
          "no escape of a double-quoted text",
          "write `\\\\` for a backslash, or use single quotes");
    }
    if (context.contains("flow")) {
      return openBracket();
    }
    if (problem.startsWith("expected <block end>")) {
      return wrongBlock();
    }
    if (problem.contains("cannot start any token")
        || context.contains("an alias")
        || context.contains("an anchor")) {
      return at(
          place, "a value can't begin with this character", "put the value in quotes: 'like this'");
    }
    if (context.contains("block scalar")) {
      return at(
          place,
          "something follows `|` or `>` in the same line",
          "begin the text in the next line, deeper");
    }
    return at(place, context.isEmpty() ? problem : context + ", " + problem, CAUSES);
  }

  /** A colon where no name can end: which of three mistakes, the line and the one before tell. */
  private UnreadableException misplacedColon() {
    var line = line(place.line());
    var before = line.substring(0, Math.min(line.length(), Math.max(0, place.column() - 1)));
    if (before.contains(": ")) {
      return at(
          place,
          "a second colon in one value",
          "put the value in quotes, or what follows into a line of its own");
    }
    var above = above(place.line());
    var written = content(above);
    var joined = NO_SPACE.matcher(written);
    if (joined.matches()) {
      return at(
          new Place(above, column(above)),
          "no space follows the colon",
          "write " + Words.quoted(joined.group(1) + ": " + joined.group(2)));
    }
    if (!written.isEmpty() && !written.contains(": ") && !written.endsWith(":")) {
      return at(
          new Place(above, column(above)),
          "no colon follows this name",
          "write " + Words.quoted(written.replaceFirst("\\s+|$", ": ").strip()));
    }
    return at(
        place,
        "this line is indented deeper than line %d, which has its value already".formatted(above),
        "indent it like the lines that it belongs to");
  }

  private UnreadableException openBracket() {
    var opened = context.contains("mapping") ? "{" : "[";
    var closed = context.contains("mapping") ? "}" : "]";
    if (problem.contains("expected the node content")) {
      return at(place, "a value is missing before this", "write it, or remove the comma");
    }
    return at(
        place,
        "a comma or `%s` is missing before this; `%s` stands in line %d"
            .formatted(closed, opened, begin.line()),
        "add it; a value with a colon, a bracket or `${…}` in it is put in quotes");
  }

  private UnreadableException wrongBlock() {
    if (problem.contains("'<scalar>'")) {
      return at(
          place,
          "a text goes on after its closing quote",
          "check the quotes of this line and of the one before");
    }
    if (problem.contains("found ']'") || problem.contains("found '}'")) {
      return at(place, "this bracket closes nothing", "remove it, or open it");
    }
    if (problem.contains("found '-'")) {
      return at(
          place,
          "an element of a list beside names",
          "indent it below the name of its list, or remove the `-`");
    }
    return at(
        place,
        "this line's indentation fits no line above",
        "indent it like the lines that it belongs to");
  }

  private UnreadableException at(Place where, String what, String suggestion) {
    return new UnreadableException(where, "not YAML: " + what, suggestion);
  }

  /** A line, from 1 on; empty when there is none. */
  private String line(int number) {
    return number < 1 ? "" : text.lines().skip(number - 1L).findFirst().orElse("");
  }

  /** The number of the last line above that says something; 0 without one. */
  private int above(int number) {
    var lines = text.lines().limit(Math.max(0, number - 1L)).toList();
    for (var at = lines.size(); at > 0; at--) {
      var written = lines.get(at - 1).strip();
      if (!written.isEmpty() && !written.startsWith("#")) {
        return at;
      }
    }
    return 0;
  }

  /** A line without its indentation, dashes and comment. */
  private String content(int number) {
    return line(number).substring(column(number) - 1).replaceFirst("\\s#.*$", "").strip();
  }

  /** Where a line's content begins, behind the dashes of lists. */
  private int column(int number) {
    var line = line(number);
    var at = 0;
    while (at < line.length() && (line.charAt(at) == ' ' || line.startsWith("- ", at))) {
      at++;
    }
    return at + 1;
  }

  private static String oneLine(@Nullable String text) {
    var line = Printable.of(text == null ? "" : text.strip());
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
