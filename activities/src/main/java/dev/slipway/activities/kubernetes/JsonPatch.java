package dev.slipway.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.slipway.json.Json;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Changes one annotation and one field of an object together, or nothing when somebody changed the
 * object since it was read. It replaces the field as a whole, which a merge would not.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6902">JSON Patch</a>
 */
final class JsonPatch {
  private final ArrayNode operations = Json.mapper().createArrayNode();

  /**
   * @param read as it was when the change was decided
   * @param value of the annotation; empty to have none
   * @param path of the field, as a JSON pointer
   */
  JsonPatch(
      HasMetadata read, String annotation, Optional<String> value, String path, JsonNode content) {
    var metadata = read.getMetadata();
    var annotations = new TreeMap<String, String>();
    if (metadata.getAnnotations() != null) {
      annotations.putAll(metadata.getAnnotations());
    }
    annotations.remove(annotation);
    value.ifPresent(text -> annotations.put(annotation, text));
    put("/metadata/resourceVersion", Json.mapper().valueToTree(metadata.getResourceVersion()));
    put("/metadata/annotations", Json.mapper().valueToTree(annotations));
    put(path, content);
  }

  /** {@code add} replaces what is there, and is no error when there is nothing. */
  private void put(String path, JsonNode value) {
    operations.addObject().put("op", "add").put("path", path).set("value", value);
  }

  PatchContext context() {
    var context = PatchContext.of(PatchType.JSON);
    context.setFieldManager(Marks.MANAGER);
    return context;
  }

  String text() {
    return operations.toString();
  }
}
