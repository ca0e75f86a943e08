package dev.slipway.pipeline;

import dev.slipway.pipeline.Template.Flaw;
import dev.slipway.pipeline.Template.Part;
import java.util.ArrayList;
import java.util.List;

/** The syntax of templates. */
final class TemplateReader {
  /** No reference is longer; what stands between the braces is then something else. */
  private static final int LONGEST_REFERENCE = 200;

  private final String text;
  private final List<Part> parts = new ArrayList<>();
  private final List<Flaw> flaws = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();

  private TemplateReader(String text) {
    this.text = text;
  }

  static Template.Reading read(String text) {
    return new TemplateReader(text).read();
  }

  /**
   * A literal as it is written: dollars in front of a brace are doubled, and so are those at its
   * end when a reference follows.
   */
  static String escaped(String literal, boolean beforeReference) {
    var escaped = new StringBuilder(literal.length() + 8);
    int i = 0;
    while (i < literal.length()) {
      var end = afterDollars(literal, i);
      if (end == i) {
        escaped.append(literal.charAt(i));
        i++;
        continue;
      }
      var special = end == literal.length() ? beforeReference : literal.charAt(end) == '{';
      escaped.repeat('$', (end - i) * (special ? 2 : 1));
      i = end;
    }
    return escaped.toString();
  }

  private Template.Reading read() {
    int i = 0;
    while (i < text.length()) {
      var end = afterDollars(text, i);
      if (end == i) {
        literal.append(text.charAt(i));
        i++;
      } else if (end == text.length() || text.charAt(end) != '{') {
        literal.repeat('$', end - i);
        i = end;
      } else {
        literal.repeat('$', (end - i) / 2);
        i = (end - i) % 2 == 0 ? end : reference(end + 1);
      }
    }
    endLiteral();
    return new Template.Reading(new Template(parts), flaws);
  }

  /** Reads what follows the opening brace and answers where to go on. */
  private int reference(int start) {
    var end = text.indexOf('}', start);
    if (end < 0 || end - start > LONGEST_REFERENCE) {
      flaws.add(
          new Flaw("`${` is not closed by `}`", "close it, or write `$${` for a literal `${`"));
      literal.append("${");
      return start;
    }
    var name = text.substring(start, end);
    var reference = ReferenceSyntax.parse(name);
    if (reference.isPresent()) {
      endLiteral();
      parts.add(new Part.Inserted(reference.get()));
    } else {
      flaws.add(ReferenceSyntax.flaw(name));
      literal.append("${").append(name).append('}');
    }
    return end + 1;
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      parts.add(new Part.Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private static int afterDollars(String text, int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) == '$') {
      i++;
    }
    return i;
  }
}
