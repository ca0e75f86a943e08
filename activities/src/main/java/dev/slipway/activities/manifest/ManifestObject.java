package dev.slipway.activities.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One object of a release, as it is rendered. */
public record ManifestObject(ManifestKind kind, ObjectNode json) {
  private static final String METADATA = "metadata";

  public String name() {
    return json.path(METADATA).path("name").asText("");
  }

  String namespace() {
    return json.path(METADATA).path("namespace").asText("");
  }

  /** {@code ConfigMap/prices}. */
  public String key() {
    return kind.kind() + "/" + name();
  }

  /** How many pods a Deployment asks for; empty when it leaves that to others. */
  Optional<Integer> replicas() {
    var number = json.path("spec").path("replicas");
    return number.isInt() ? Optional.of(number.intValue()) : Optional.empty();
  }

  List<Container> containers() {
    var found = new ArrayList<Container>();
    for (var container : podSpec().path("containers")) {
      found.add(
          new Container(container.path("name").asText(""), container.path("image").asText("")));
    }
    return found;
  }

  JsonNode podSpec() {
    return json.path("spec").path("template").path("spec");
  }

  record Container(String name, String image) {}
}
