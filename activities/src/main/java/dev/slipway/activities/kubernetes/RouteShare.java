package dev.slipway.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.util.ArrayList;
import java.util.List;

/**
 * A share of a route's traffic.
 *
 * @param served the Service that has all of it otherwise
 * @param candidate the Service that gets the share
 * @param percent 1 to 99
 */
record RouteShare(String served, String candidate, int percent) {
  /**
   * The rules with the share.
   *
   * @throws StepFailedException CONFIGURATION when no rule leads to the Service, or one leads
   *     elsewhere as well
   */
  ArrayNode divided(String route, ArrayNode rules) throws StepFailedException {
    var divided = rules.deepCopy();
    var found = 0;
    for (var index = 0; index < divided.size(); index++) {
      var rule = (ObjectNode) divided.get(index);
      var ours = backends(rule, served);
      if (ours.isEmpty()) {
        continue;
      }
      var known = 1 + backends(rule, candidate).size();
      if (rule.path("backendRefs").size() > known) {
        throw new StepFailedException(
            FailureType.CONFIGURATION,
            "rule %d of HTTPRoute %s divides its traffic already".formatted(index + 1, route),
            "A canary divides what goes to Service %s alone; give it a route of its own."
                .formatted(served));
      }
      found++;
      var stable = ours.getFirst().deepCopy().put("weight", 100 - percent);
      var tried = ours.getFirst().deepCopy().put("name", candidate).put("weight", percent);
      rule.putArray("backendRefs").add(stable).add(tried);
    }
    if (found == 0) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "no rule of HTTPRoute %s leads to Service %s".formatted(route, served),
          "`route` names the one that leads to the application.");
    }
    return divided;
  }

  /** What the way back needs to know of the rules. */
  List<Integer> weights(ArrayNode rules) {
    var weights = new ArrayList<Integer>();
    for (var rule : rules) {
      var ours = backends(rule, served);
      weights.add(ours.isEmpty() ? 1 : ours.getFirst().path("weight").asInt(1));
    }
    return List.copyOf(weights);
  }

  private static List<ObjectNode> backends(JsonNode rule, String service) {
    var backends = new ArrayList<ObjectNode>();
    for (var backend : rule.path("backendRefs")) {
      if (backend instanceof ObjectNode fields
          && fields.path("kind").asText("Service").equals("Service")
          && fields.path("namespace").asText("").isEmpty()
          && fields.path("name").asText().equals(service)) {
        backends.add(fields);
      }
    }
    return backends;
  }
}
