package dev.slipway.pipeline.yaml;

import dev.slipway.pipeline.problem.Place;
import dev.slipway.pipeline.problem.Problems;
import dev.slipway.pipeline.problem.Words;
import dev.slipway.pipeline.yaml.Node.Mapping;
import dev.slipway.pipeline.yaml.Node.Mapping.Entry;
import dev.slipway.pipeline.yaml.Node.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A mapping whose end has not been read. A name that stands twice keeps its first value. */
final class OpenMapping extends OpenNode {
  private final Problems problems;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private @Nullable String name;
  private Place namePlace;

  OpenMapping(Place place, Problems problems) {
    super(place);
    this.problems = problems;
    this.namePlace = place;
  }

  @Override
  void expectValue(Place at) throws UnreadableException {
    if (name == null) {
      throw noName(at);
    }
  }

  @Override
  void add(Node part, Place at) throws UnreadableException {
    if (name == null) {
      name = nameOf(part, at);
      namePlace = at;
      return;
    }
    var entry = new Entry(name, namePlace, part);
    var first = entries.putIfAbsent(name, entry);
    if (first == null) {
      grow(part);
    } else {
      problems.error(
          namePlace,
          "",
          Words.quoted(name) + " stands twice in this mapping",
          Optional.of("the first one is in line " + first.namePlace().line() + "; keep one"));
    }
    name = null;
  }

  private static String nameOf(Node part, Place at) throws UnreadableException {
    if (!(part instanceof Scalar scalar)) {
      throw noName(at);
    }
    if (scalar.text().length() > YamlReader.LONGEST_NAME) {
      throw new UnreadableException(
          at,
          "a name has more than %d characters".formatted(YamlReader.LONGEST_NAME),
          "check that a `:` has not made a name of a long text; quote that");
    }
    return scalar.text();
  }

  private static UnreadableException noName(Place at) {
    return new UnreadableException(
        at, "a name must be a text, not a list or a mapping", "check the brackets and braces");
  }

  @Override
  Node complete() {
    return new Mapping(place(), List.copyOf(entries.values()), height(), size());
  }
}
