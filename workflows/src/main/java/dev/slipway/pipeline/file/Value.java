package dev.slipway.pipeline.file;

import dev.slipway.action.Durations;
import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.pipeline.problem.Place;
import dev.slipway.pipeline.problem.Problems;
import dev.slipway.pipeline.problem.Words;
import dev.slipway.pipeline.yaml.Node;
import dev.slipway.pipeline.yaml.Node.Scalar;
import dev.slipway.pipeline.yaml.Node.Scalar.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A value of the file and where it stands. Each reading answers what was meant, or reports what
 * does not fit and answers nothing.
 *
 * @param label names it in a message
 */
record Value(Node node, String path, String label, Problems problems) {
  static Value root(Node node, Problems problems) {
    return new Value(node, "", "the file", problems);
  }

  Place place() {
    return node.place();
  }

  boolean isNull() {
    return node instanceof Scalar scalar && scalar.kind() == Kind.NULL;
  }

  void error(String message) {
    error(message, Optional.empty());
  }

  void error(String message, String suggestion) {
    error(message, Optional.of(suggestion));
  }

  void error(String message, Optional<String> suggestion) {
    problems.error(place(), path, message, suggestion);
  }

  void warning(String message, String suggestion) {
    problems.warning(place(), path, message, Optional.of(suggestion));
  }

  <T> Optional<T> mustBe(String expected) {
    error("%s must be %s, not %s".formatted(quotedLabel(), expected, shown()));
    return Optional.empty();
  }

  String quotedLabel() {
    return path.isEmpty() ? label : Words.quoted(label);
  }

  private String shown() {
    return node instanceof Scalar scalar && scalar.kind() != Kind.NULL
        ? Words.quoted(scalar.text())
        : node.description();
  }

  /** Any scalar: what looks like a number is a text too where one is wanted. */
  Optional<String> text() {
    return node instanceof Scalar scalar && scalar.kind() != Kind.NULL
        ? Optional.of(scalar.text())
        : mustBe("a text");
  }

  Optional<Boolean> flag() {
    return node instanceof Scalar scalar && scalar.kind() == Kind.FLAG
        ? Optional.of(Boolean.parseBoolean(scalar.text()))
        : mustBe("true or false");
  }

  Optional<Integer> count(int least, int most) {
    var number = integer();
    if (number.isEmpty()) {
      return mustBe("a whole number");
    }
    return number.get() >= least && number.get() <= most
        ? Optional.of(number.get().intValue())
        : mustBe("a whole number from %d to %d".formatted(least, most));
  }

  Optional<Double> decimal() {
    if (node instanceof Scalar scalar
        && (scalar.kind() == Kind.DECIMAL || integer().isPresent())
        && scalar.text().matches("[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?")) {
      var number = Double.parseDouble(scalar.text());
      if (Double.isFinite(number)) {
        return Optional.of(number);
      }
    }
    return mustBe("a finite number");
  }

  Optional<Duration> duration(Duration least, Duration most) {
    var time =
        integer()
            .map(Duration::ofMillis)
            .or(
                () ->
                    node instanceof Scalar scalar && scalar.kind() == Kind.TEXT
                        ? Durations.parse(scalar.text())
                        : Optional.empty());
    if (time.isEmpty()) {
      return mustBe("a time such as 90s, 30m, 2h or a number of milliseconds");
    }
    if (time.get().compareTo(least) < 0 || time.get().compareTo(most) > 0) {
      return mustBe("a time from %s to %s".formatted(form(least), form(most)));
    }
    integer().ifPresent(this::doubtMilliseconds);
    return time;
  }

  /** Who writes a small number without a unit mostly thinks of seconds; {@code …Ms} says it. */
  private void doubtMilliseconds(long number) {
    if (number > 0 && number < 1000 && !label.endsWith("Ms")) {
      warning(
          "%s is %d milliseconds".formatted(quotedLabel(), number),
          "write `%1$ds` for seconds, or `%1$dms` to say that it is meant".formatted(number));
    }
  }

  private static String form(Duration time) {
    return time.isZero() || time.toSeconds() == 0 ? time.toMillis() + "ms" : Durations.text(time);
  }

  private Optional<Long> integer() {
    return node instanceof Scalar scalar
            && scalar.kind() == Kind.INTEGER
            && scalar.text().matches("[-+]?[0-9]{1,15}")
        ? Optional.of(Long.parseLong(scalar.text()))
        : Optional.empty();
  }

  /** One of an enumeration's names, in lower case. */
  <E extends Enum<E>> Optional<E> word(Class<E> type) {
    var words = Arrays.stream(type.getEnumConstants()).map(Value::word).toList();
    var word = text();
    if (word.isEmpty()) {
      return Optional.empty();
    }
    var index = words.indexOf(word.get());
    if (index >= 0) {
      return Optional.of(type.getEnumConstants()[index]);
    }
    error(
        "%s must be %s, not %s"
            .formatted(quotedLabel(), Words.anyOf(words), Words.quoted(word.get())),
        Nearest.question(word.get(), words));
    return Optional.empty();
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The elements of a list. */
  Optional<List<Value>> list() {
    if (!(node instanceof Node.Sequence sequence)) {
      return mustBe("a list");
    }
    var values = new ArrayList<Value>();
    for (int i = 0; i < sequence.elements().size(); i++) {
      var index = "[" + i + "]";
      values.add(new Value(sequence.elements().get(i), path + index, label + index, problems));
    }
    return Optional.of(values);
  }

  /** The elements of a list that must have some. */
  Optional<List<Value>> listOfSome() {
    var elements = list();
    if (elements.isPresent() && elements.get().isEmpty()) {
      error(quotedLabel() + " is an empty list");
    }
    return elements;
  }

  /** The elements of a list, or the value itself when it is a text. */
  Optional<List<Value>> listOrOne() {
    return node instanceof Scalar ? text().map(text -> List.of(this)) : list();
  }

  /** The texts of a list, or the one text. */
  List<String> texts() {
    return listOrOne().orElse(List.of()).stream().flatMap(value -> value.text().stream()).toList();
  }

  /** A field of a mapping, without a word when there is none. */
  Optional<Value> field(String name) {
    return node instanceof Node.Mapping mapping
        ? new Fields(this, Optional.of(mapping)).get(name)
        : Optional.empty();
  }

  /** The fields of a mapping; none when it is something else. */
  Fields fields() {
    if (node instanceof Node.Mapping mapping) {
      return new Fields(this, Optional.of(mapping));
    }
    mustBe("a mapping");
    return new Fields(this, Optional.empty());
  }
}
