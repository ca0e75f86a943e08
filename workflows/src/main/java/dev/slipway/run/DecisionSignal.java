package dev.slipway.run;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.approval.DecisionRequest;
import dev.slipway.json.Json;
import io.temporal.common.converter.RawValue;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a signal to approve or reject carries, whoever sent it. */
final class DecisionSignal {
  private static final DecisionRequest NAMELESS = new DecisionRequest(null, null, null, null);

  private DecisionSignal() {}

  /** Nothing at all, a name alone, or an object; empty when it is something else. */
  static Optional<DecisionRequest> read(@Nullable RawValue raw) {
    if (raw == null || raw.getPayload().getData().isEmpty()) {
      return Optional.of(NAMELESS);
    }
    try {
      var json = Json.mapper().readTree(raw.getPayload().getData().toByteArray());
      if (json == null || json.isNull()) {
        return Optional.of(NAMELESS);
      }
      if (json instanceof TextNode name) {
        return Optional.of(new DecisionRequest(null, name.textValue(), null, null));
      }
      return json.isObject()
          ? Optional.of(Json.mapper().treeToValue(json, DecisionRequest.class))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
