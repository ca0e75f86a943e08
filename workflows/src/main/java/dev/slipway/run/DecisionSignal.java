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

  /** A person's name and reason; what is longer is cut off, since it stays in the run's state. */
  private static final int LONGEST_NAME = 200;

  private static final int LONGEST_COMMENT = 1_000;

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
        return Optional.of(bounded(new DecisionRequest(null, name.textValue(), null, null)));
      }
      return json.isObject()
          ? Optional.of(bounded(Json.mapper().treeToValue(json, DecisionRequest.class)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The same, short enough to be kept. */
  static DecisionRequest bounded(DecisionRequest request) {
    return new DecisionRequest(
        request.answer(),
        cut(request.by(), LONGEST_NAME),
        cut(request.comment(), LONGEST_COMMENT),
        request.question());
  }

  private static @Nullable String cut(@Nullable String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
