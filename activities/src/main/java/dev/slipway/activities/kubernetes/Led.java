package dev.slipway.activities.kubernetes;

import dev.slipway.json.Json;
import io.fabric8.kubernetes.api.model.Service;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a Service led before it led to a candidate; it stands in an annotation of the Service, so
 * that everybody can find the way back.
 *
 * @param to the Deployment that served
 * @param selector that led there
 */
record Led(String to, Map<String, String> selector) {
  Led {
    selector = Map.copyOf(selector);
  }

  /** Empty for a Service that leads where it always does. */
  static Optional<Led> before(Service service) {
    return Marks.annotation(service, CandidateMarks.LED).flatMap(Led::read);
  }

  private static Optional<Led> read(String json) {
    try {
      return Optional.of(Json.read(json.getBytes(StandardCharsets.UTF_8), Led.class));
    } catch (UncheckedIOException | IllegalArgumentException | NullPointerException unreadable) {
      return Optional.empty();
    }
  }

  /** Whether its traffic goes to the candidate; somebody else may have led it back meanwhile. */
  static boolean isToCandidate(Service service, String beside) {
    return CandidateMarks.selector(beside).equals(service.getSpec().getSelector());
  }

  /** Its selector when no candidate has its traffic. */
  static Map<String, String> usually(Service service) {
    var now = Objects.requireNonNullElse(service.getSpec().getSelector(), Map.<String, String>of());
    return before(service)
        .filter(led -> isToCandidate(service, led.to()))
        .map(Led::selector)
        .orElse(now);
  }

  /** One without a selector leads nowhere by itself. */
  static boolean matches(Map<String, String> selector, Map<String, String> labels) {
    return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
  }
}
