package dev.slipway.activities.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.action.FailureType;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;

/** What a Deployment finds its pods by; a cluster never changes it. */
final class Selectors {
  private Selectors() {}

  /**
   * @throws StepFailedException CONFIGURATION when a Deployment that is there has another one
   */
  static void refuseOther(HasMetadata live, HasMetadata wanted) throws StepFailedException {
    var there = selector(live);
    var other = selector(wanted);
    if (there.equals(other)) {
      return;
    }
    var name = live.getMetadata().getName();
    var namespace = live.getMetadata().getNamespace();
    throw new StepFailedException(
        FailureType.CONFIGURATION,
        "Deployment %s in namespace %s finds its pods by %s, and the release wants %s: that can't be changed while it is there"
            .formatted(name, namespace, there, other),
        "Write the selector that it has into the manifests, and its labels into the pods' template."
            + " Or make it anew, which ends its pods first: kubectl -n %s delete deployment %s"
                .formatted(namespace, name));
  }

  private static JsonNode selector(HasMetadata deployment) {
    return Json.read(Serialization.asJson(deployment).getBytes(UTF_8), ObjectNode.class)
        .at("/spec/selector");
  }
}
