package dev.slipway.pipeline.yaml;

import dev.slipway.pipeline.problem.Place;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A list or mapping whose end has not been read. */
abstract sealed class OpenNode permits OpenSequence, OpenMapping {
  private final Place place;
  private @Nullable String anchor;
  private int height = 1;
  private int size = 1;

  OpenNode(Place place) {
    this.place = place;
  }

  Place place() {
    return place;
  }

  void anchor(String name) {
    anchor = name;
  }

  Optional<String> anchor() {
    return Optional.ofNullable(anchor);
  }

  int height() {
    return height;
  }

  int size() {
    return size;
  }

  /** Counts a value that becomes part of this one. */
  void grow(Node part) {
    height = Math.max(height, part.height() + 1);
    size += part.size();
  }

  /** Refuses a list or mapping where a name must stand. */
  abstract void expectValue(Place at) throws UnreadableException;

  /** Adds the next part, which for a mapping is a name or its value in turn. */
  abstract void add(Node part, Place at) throws UnreadableException;

  abstract Node complete();
}
