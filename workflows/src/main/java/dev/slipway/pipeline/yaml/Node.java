package dev.slipway.pipeline.yaml;

import dev.slipway.pipeline.problem.Place;
import java.util.List;
import java.util.Optional;

/** A value of a file. Trees of them are at most {@link YamlReader#MOST_DEPTH} deep. */
public sealed interface Node {
  /** Where it begins; for what an alias repeats, where that was written. */
  Place place();

  /** How many levels it has; 1 for a scalar. */
  int height();

  /** How many values it is made of, itself included, with aliases written out. */
  int size();

  /** Names the shape in a message: "a text", "a list". */
  String description();

  /**
   * A value without parts.
   *
   * @param text as written, without quotes and escapes
   */
  record Scalar(Place place, Kind kind, String text) implements Node {
    /** What YAML's core schema takes it for. */
    public enum Kind {
      NULL("nothing"),
      FLAG("true or false"),
      INTEGER("a whole number"),
      DECIMAL("a number"),
      TEXT("a text");

      private final String description;

      Kind(String description) {
        this.description = description;
      }
    }

    @Override
    public int height() {
      return 1;
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public String description() {
      return kind.description;
    }
  }

  /** A list. */
  record Sequence(Place place, List<Node> elements, int height, int size) implements Node {
    public Sequence {
      elements = List.copyOf(elements);
    }

    @Override
    public String description() {
      return "a list";
    }
  }

  /** Names with values, in the file's order; each name stands once. */
  record Mapping(Place place, List<Entry> entries, int height, int size) implements Node {
    /** A name with its value. */
    public record Entry(String name, Place namePlace, Node value) {}

    public Mapping {
      entries = List.copyOf(entries);
    }

    /** The value of that name. */
    public Optional<Node> get(String name) {
      return entries.stream()
          .filter(entry -> entry.name().equals(name))
          .findFirst()
          .map(Entry::value);
    }

    @Override
    public String description() {
      return "a mapping";
    }
  }
}
