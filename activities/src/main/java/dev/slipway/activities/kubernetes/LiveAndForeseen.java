package dev.slipway.activities.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.activities.plan.FieldDiff;
import dev.slipway.activities.plan.ObjectChange;
import dev.slipway.json.Json;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;

/** Compares an object as it is with what the cluster says it would be. */
final class LiveAndForeseen {
  private LiveAndForeseen() {}

  /**
   * Of a new one, what is asked for; of another, also what follows from that.
   *
   * @param live empty for one that there is not yet
   */
  static ObjectChange change(Optional<? extends HasMetadata> live, HasMetadata foreseen) {
    var name = foreseen.getKind() + "/" + foreseen.getMetadata().getName();
    return live.isEmpty()
        ? ObjectChange.created(name, FieldDiff.of(AppliedFields.json(foreseen)))
        : ObjectChange.of(name, FieldDiff.between(json(live.get()), json(foreseen)));
  }

  private static ObjectNode json(HasMetadata object) {
    return Json.read(Serialization.asJson(object).getBytes(UTF_8), ObjectNode.class);
  }
}
