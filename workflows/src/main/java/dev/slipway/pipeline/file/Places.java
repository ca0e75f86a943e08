package dev.slipway.pipeline.file;

import dev.slipway.pipeline.problem.Place;
import dev.slipway.pipeline.yaml.Node;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Finds where the value of a path stands; for one that is not written, what would hold it. */
record Places(Node root) {
  Place of(String path) {
    var node = root;
    var rest = path;
    while (!rest.isEmpty()) {
      var step = next(node, rest);
      if (step == null) {
        break;
      }
      node = step.node();
      rest = step.rest();
    }
    return node.place();
  }

  private record Step(Node node, String rest) {}

  private static @Nullable Step next(Node node, String path) {
    return switch (node) {
      case Node.Scalar _ -> null;
      case Node.Sequence sequence -> {
        var close = path.indexOf(']');
        var index = Integer.parseInt(path, 1, close, 10);
        yield new Step(sequence.elements().get(index), withoutDot(path.substring(close + 1)));
      }
      case Node.Mapping mapping ->
          mapping.entries().stream()
              .filter(entry -> isFirst(entry.name(), path))
              .max(Comparator.comparingInt(entry -> entry.name().length()))
              .map(
                  entry ->
                      new Step(entry.value(), withoutDot(path.substring(entry.name().length()))))
              .orElse(null);
    };
  }

  /** Names may hold dots: the longest that fits is meant. */
  private static boolean isFirst(String name, String path) {
    return path.startsWith(name)
        && (path.length() == name.length()
            || path.charAt(name.length()) == '.'
            || path.charAt(name.length()) == '[');
  }

  private static String withoutDot(String path) {
    return path.startsWith(".") ? path.substring(1) : path;
  }
}
