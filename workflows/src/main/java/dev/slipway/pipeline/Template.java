package dev.slipway.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A text with references such as {@code ${COMMIT_SHA}}.
 *
 * <p>In front of a brace, {@code $$} stands for one dollar: {@code $${x}} is the text {@code ${x}},
 * and {@code $$${x}} is a dollar and then a reference. Elsewhere a dollar is a dollar.
 *
 * <p>It is resolved in two phases: the run inserts what it knows and keeps a template, the worker
 * inserts the rest and gets the text. A value is inserted as literal text and written escaped, so
 * that it can never introduce a reference, not even together with what stands beside it.
 */
public record Template(List<Part> parts) {
  /** A piece of a template. */
  public sealed interface Part {
    /** Text that stands for itself. */
    record Literal(String text) implements Part {}

    /** Something to be inserted. */
    record Inserted(Reference reference) implements Part {}
  }

  /**
   * Something that can't be read.
   *
   * @param message what is wrong
   * @param suggestion what to write instead
   */
  public record Flaw(String message, String suggestion) {}

  /**
   * A template with everything that is wrong with it.
   *
   * @param template has what is wrong as literal text
   */
  public record Reading(Template template, List<Flaw> flaws) {
    public Reading {
      flaws = List.copyOf(flaws);
    }
  }

  /** Neighbouring literals become one: only the whole of them can be escaped rightly. */
  public Template {
    parts = joined(parts);
  }

  /** Reads a text, whatever it is. */
  public static Reading read(String text) {
    return TemplateReader.read(text);
  }

  /**
   * Reads a text that was found right before.
   *
   * @throws IllegalArgumentException when it has an unknown or open reference
   */
  public static Template parse(String text) {
    var reading = read(text);
    if (!reading.flaws().isEmpty()) {
      throw new IllegalArgumentException(reading.flaws().getFirst().message());
    }
    return reading.template();
  }

  /** The template that stands for exactly this text. */
  public static Template literal(String text) {
    return new Template(List.of(new Part.Literal(text)));
  }

  /** What it refers to, in order, each as often as it stands there. */
  public List<Reference> references() {
    return parts.stream()
        .flatMap(
            part ->
                switch (part) {
                  case Part.Literal _ -> Stream.<Reference>empty();
                  case Part.Inserted(var reference) -> Stream.of(reference);
                })
        .toList();
  }

  /** The same with every value that is known inserted; the other references stay. */
  public Template resolve(Function<Reference, Optional<String>> lookup) {
    return new Template(
        parts.stream()
            .<Part>map(
                part ->
                    switch (part) {
                      case Part.Literal literal -> literal;
                      case Part.Inserted inserted ->
                          lookup
                              .apply(inserted.reference())
                              .<Part>map(Part.Literal::new)
                              .orElse(inserted);
                    })
            .toList());
  }

  /**
   * The text that it stands for.
   *
   * @throws UnknownReferenceException when a reference is left
   */
  public String value() throws UnknownReferenceException {
    var text = new StringBuilder();
    for (var part : parts) {
      switch (part) {
        case Part.Literal literal -> text.append(literal.text());
        case Part.Inserted(var reference) -> throw new UnknownReferenceException(reference);
      }
    }
    return text.toString();
  }

  /** How it is written in a file; reading that gives the same template. */
  public String text() {
    var text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      switch (parts.get(i)) {
        case Part.Literal literal ->
            text.append(TemplateReader.escaped(literal.text(), i + 1 < parts.size()));
        case Part.Inserted(var reference) -> text.append("${").append(reference.text()).append('}');
      }
    }
    return text.toString();
  }

  private static List<Part> joined(List<Part> parts) {
    var joined = new ArrayList<Part>();
    for (var part : parts) {
      if (part instanceof Part.Literal(var text)) {
        if (text.isEmpty()) {
          continue;
        }
        if (!joined.isEmpty() && joined.getLast() instanceof Part.Literal(var before)) {
          joined.set(joined.size() - 1, new Part.Literal(before + text));
          continue;
        }
      }
      joined.add(part);
    }
    return List.copyOf(joined);
  }
}
