package dev.slipway.pipeline.yaml;

import dev.slipway.pipeline.problem.Place;
import java.util.ArrayList;
import java.util.List;

/** A list whose end has not been read. */
final class OpenSequence extends OpenNode {
  private final List<Node> elements = new ArrayList<>();

  OpenSequence(Place place) {
    super(place);
  }

  @Override
  void expectValue(Place at) {}

  @Override
  void add(Node part, Place at) {
    elements.add(part);
    grow(part);
  }

  @Override
  Node complete() {
    return new Node.Sequence(place(), elements, height(), size());
  }
}
