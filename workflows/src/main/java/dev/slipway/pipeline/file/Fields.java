package dev.slipway.pipeline.file;

import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.pipeline.problem.Place;
import dev.slipway.pipeline.problem.Words;
import dev.slipway.pipeline.yaml.Node;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a mapping.
 *
 * @param mapping empty when the value was no mapping, which has been said
 */
record Fields(Value at, Optional<Node.Mapping> mapping) {
  /** Reports every other field. */
  Fields only(List<String> known) {
    return only(known, List.of());
  }

  /**
   * Reports every other field.
   *
   * @param later fields that a coming version understands: to ignore one would be to do something
   *     else than the file says
   */
  Fields only(List<String> known, List<String> later) {
    for (var entry : entries()) {
      var name = entry.name();
      var value = value(entry);
      if (later.contains(name)) {
        at.problems()
            .error(
                entry.namePlace(),
                value.path(),
                Words.quoted(name) + " is not supported yet",
                Optional.of("remove it"));
      } else if (!known.contains(name)) {
        at.problems()
            .error(
                entry.namePlace(),
                value.path(),
                "unknown field " + Words.quoted(name),
                Nearest.question(name, known)
                    .or(() -> Optional.of("known here: " + Words.anyOf(known))));
      }
    }
    return this;
  }

  /** The value of that name; a name with nothing behind it is as good as none. */
  Optional<Value> get(String name) {
    return entries().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .map(this::value)
        .filter(value -> !value.isNull());
  }

  /** The value of that name, whose absence is an error. */
  Optional<Value> required(String name, String suggestion) {
    var value = get(name);
    if (value.isEmpty() && mapping.isPresent()) {
      at.error(Words.quoted(name) + " is missing", suggestion);
    }
    return value;
  }

  /** Where that name stands. */
  Place namePlace(String name) {
    return entries().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .map(Node.Mapping.Entry::namePlace)
        .orElse(at.place());
  }

  /** Every field in the file's order. */
  List<Value> all() {
    return entries().stream().map(this::value).toList();
  }

  private List<Node.Mapping.Entry> entries() {
    return mapping.map(Node.Mapping::entries).orElse(List.of());
  }

  private Value value(Node.Mapping.Entry entry) {
    var path = at.path().isEmpty() ? entry.name() : at.path() + "." + entry.name();
    return new Value(entry.value(), path, entry.name(), at.problems());
  }
}
