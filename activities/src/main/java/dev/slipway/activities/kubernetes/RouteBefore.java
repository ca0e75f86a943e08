package dev.slipway.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a route was before candidates got shares of it; it stands in an annotation of the route,
 * which may lead to several applications.
 *
 * @param weights by the Service of a candidate: those of the first backend of each rule
 */
record RouteBefore(Map<String, List<Integer>> weights) {
  RouteBefore {
    weights = new TreeMap<>(weights);
  }

  /** Empty where nothing is noted, and where somebody has made it unreadable. */
  static RouteBefore of(GenericKubernetesResource route) {
    return Marks.annotation(route, CandidateMarks.ROUTED)
        .flatMap(RouteBefore::read)
        .orElseGet(() -> new RouteBefore(Map.of()));
  }

  private static Optional<RouteBefore> read(String json) {
    try {
      return Optional.of(Json.read(json.getBytes(StandardCharsets.UTF_8), RouteBefore.class));
    } catch (UncheckedIOException | IllegalArgumentException | NullPointerException unreadable) {
      return Optional.empty();
    }
  }

  boolean isEmpty() {
    return weights.isEmpty();
  }

  /** With what the rules are now; what was noted of this candidate first stays. */
  RouteBefore with(RouteShare share, ArrayNode rules) {
    var all = new TreeMap<>(weights);
    all.putIfAbsent(share.candidate(), share.weights(rules));
    return new RouteBefore(all);
  }

  RouteBefore without(String candidate) {
    var all = new TreeMap<>(weights);
    all.remove(candidate);
    return new RouteBefore(all);
  }

  /** The rules without this candidate, whatever else somebody has changed in them since. */
  ArrayNode restored(ArrayNode rules, String candidate) {
    var noted = weights.getOrDefault(candidate, List.of());
    var restored = rules.deepCopy();
    for (var index = 0; index < restored.size(); index++) {
      if (restored.get(index) instanceof ObjectNode rule) {
        var left = others(rule, candidate);
        if (left.size() == rule.path("backendRefs").size()) {
          continue;
        }
        if (left.size() == 1) {
          left.getFirst().put("weight", index < noted.size() ? noted.get(index) : 1);
        }
        rule.putArray("backendRefs").addAll(left);
      }
    }
    return restored;
  }

  private static List<ObjectNode> others(JsonNode rule, String candidate) {
    var others = new ArrayList<ObjectNode>();
    for (var backend : rule.path("backendRefs")) {
      if (backend instanceof ObjectNode fields && !fields.path("name").asText().equals(candidate)) {
        others.add(fields);
      }
    }
    return others;
  }
}
