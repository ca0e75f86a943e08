package dev.slipway.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What we applied to an object, read back from the cluster's own record of managers. Who applies
 * again lets go of every field that is not named again; with this, one field is changed and the
 * others are kept.
 */
final class AppliedFields {
  private static final String FIELD = "f:";
  private static final String ITEM = "k:";
  private static final String VALUE = "v:";

  private AppliedFields() {}

  /** Bound to the version that was read; a name and no more when we never applied anything. */
  static Deployment of(Deployment live) {
    return new DeploymentBuilder(
            Serialization.unmarshal(ours(json(Serialization.asJson(live))), Deployment.class))
        .editOrNewMetadata()
        .withName(live.getMetadata().getName())
        .withNamespace(live.getMetadata().getNamespace())
        .withResourceVersion(live.getMetadata().getResourceVersion())
        .endMetadata()
        .editOrNewSpec()
        .endSpec()
        .build();
  }

  /** The same fields of any object, without its name. */
  static ObjectNode json(HasMetadata live) {
    return json(ours(json(Serialization.asJson(live)))) instanceof ObjectNode ours
        ? ours
        : JsonNodeFactory.instance.objectNode();
  }

  private static String ours(JsonNode live) {
    for (var entry : live.path("metadata").path("managedFields")) {
      if (entry.path("manager").asText().equals(Marks.MANAGER)
          && entry.path("operation").asText().equals("Apply")
          && entry.path("subresource").asText().isEmpty()) {
        return owned(live, entry.path("fieldsV1")).toString();
      }
    }
    return "{}";
  }

  private static JsonNode owned(JsonNode value, JsonNode fields) {
    if (children(fields).isEmpty()) {
      return value;
    }
    return value.isArray() ? items(value, fields) : members(value, fields);
  }

  private static JsonNode members(JsonNode value, JsonNode fields) {
    var owned = JsonNodeFactory.instance.objectNode();
    for (var key : children(fields)) {
      var member = value.get(key.substring(FIELD.length()));
      if (key.startsWith(FIELD) && member != null) {
        owned.set(key.substring(FIELD.length()), owned(member, fields.get(key)));
      }
    }
    return owned;
  }

  private static JsonNode items(JsonNode value, JsonNode fields) {
    var owned = JsonNodeFactory.instance.arrayNode();
    for (var key : children(fields)) {
      for (var item : value) {
        if (key.startsWith(ITEM) && matches(item, named(key))) {
          var part = (ObjectNode) owned(item, fields.get(key)).deepCopy();
          named(key).properties().forEach(name -> part.set(name.getKey(), name.getValue()));
          owned.add(part);
        } else if (key.startsWith(VALUE) && item.equals(named(key))) {
          owned.add(item);
        }
      }
    }
    return owned;
  }

  /** What a list's item is known by: {@code k:{"name":"web"}}. */
  private static JsonNode named(String key) {
    return json(key.substring(ITEM.length()));
  }

  private static boolean matches(JsonNode item, JsonNode names) {
    return names.properties().stream()
        .allMatch(name -> name.getValue().equals(item.get(name.getKey())));
  }

  /** Without the mark that says that the item itself is owned. */
  private static List<String> children(JsonNode fields) {
    return fields.properties().stream()
        .map(Map.Entry::getKey)
        .filter(key -> !key.equals("."))
        .toList();
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }
}
