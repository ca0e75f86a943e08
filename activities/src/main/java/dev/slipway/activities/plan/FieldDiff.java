package dev.slipway.activities.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields in which an object's state after a release differs from the one before. What the
 * cluster writes for itself does not count, nor what only says which release it is; a secret is
 * told to be another one and not shown.
 */
public final class FieldDiff {
  private static final Set<String> OF_THE_CLUSTER =
      Set.of(
          "metadata.managedFields",
          "metadata.resourceVersion",
          "metadata.uid",
          "metadata.generation",
          "metadata.creationTimestamp",
          "metadata.selfLink",
          "status");

  /** Bookkeeping: ours, but for the release's number, by which pods are replaced, and others'. */
  private static final Pattern BOOKKEEPING =
      Pattern.compile(
          "(?:annotations|labels)\\[(?:slipway\\.dev/(?!release-number).*"
              + "|deployment\\.kubernetes\\.io/.*"
              + "|kubectl\\.kubernetes\\.io/last-applied-configuration)]$"
              + "|^metadata\\.annotations\\[slipway\\.dev/release-number]$");

  /** By which the items of a list are known. */
  private static final List<String> KEYS = List.of("name", "containerPort", "port", "mountPath");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

  private static final Pattern INDEX = Pattern.compile("[0-9]{1,6}");

  private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();

  private final boolean secret;
  private final List<FieldChange> changes = new ArrayList<>();

  private FieldDiff(boolean secret) {
    this.secret = secret;
  }

  /** What is different afterwards, in the object's own order. */
  public static List<FieldChange> between(ObjectNode before, ObjectNode after) {
    var diff = new FieldDiff(after.path("kind").asText("").equals("Secret"));
    diff.compare("", "", before, after);
    return List.copyOf(diff.changes);
  }

  /** All fields of an object that there was not. */
  public static List<FieldChange> of(ObjectNode created) {
    return between(JsonNodeFactory.instance.objectNode(), created).stream()
        .filter(field -> !field.path().equals("apiVersion") && !field.path().equals("kind"))
        .toList();
  }

  /**
   * @param name the field's own, or that of the item it is in: what tells whether it is a secret
   */
  private void compare(String path, String name, JsonNode before, JsonNode after) {
    if (before.equals(after) || OF_THE_CLUSTER.contains(path) || BOOKKEEPING.matcher(path).find()) {
      return;
    }
    if (isStructure(before) || isStructure(after)) {
      var items = isList(before) || isList(after);
      var known = items ? key(before, after) : Optional.<String>empty();
      var was = items ? items(before, known) : members(before);
      var will = items ? items(after, known) : members(after);
      var keys = new LinkedHashSet<>(was.keySet());
      keys.addAll(will.keySet());
      for (var key : items ? keys : new TreeSet<>(keys)) {
        compare(
            items || !PLAIN.matcher(key).matches()
                ? "%s[%s]".formatted(path, key)
                : path.isEmpty() ? key : path + "." + key,
            items
                ? name + " " + key + option(before, key) + option(after, key)
                : key.equals("value") ? name + " " + key : key,
            was.getOrDefault(key, NOTHING),
            will.getOrDefault(key, NOTHING));
      }
      return;
    }
    changes.add(new FieldChange(path, shown(path, name, before), shown(path, name, after)));
  }

  /** An empty one, or none, on one side has nothing that the other could be compared with. */
  private static boolean isStructure(JsonNode node) {
    return node.isContainerNode() && !node.isEmpty();
  }

  private static boolean isList(JsonNode node) {
    return node.isArray() && !node.isEmpty();
  }

  private static Map<String, JsonNode> members(JsonNode node) {
    var members = new LinkedHashMap<String, JsonNode>();
    node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    return members;
  }

  /** The first that all items of both sides have, so that the same item is found again. */
  private static Optional<String> key(JsonNode before, JsonNode after) {
    return KEYS.stream().filter(one -> isKey(one, before) && isKey(one, after)).findFirst();
  }

  private static Map<String, JsonNode> items(JsonNode node, Optional<String> key) {
    var items = new LinkedHashMap<String, JsonNode>();
    if (!node.isArray()) {
      return items;
    }
    for (var index = 0; index < node.size(); index++) {
      var item = node.get(index);
      if (key.isPresent() && item instanceof ObjectNode known && item.size() > 1) {
        // What it is known by stands in its path.
        items.put(item.get(key.get()).asText(), known.deepCopy().without(key.get()));
      } else {
        items.put(key.map(name -> item.get(name).asText()).orElse(Integer.toString(index)), item);
      }
    }
    return items;
  }

  /** A side without items has nothing against it. */
  private static boolean isKey(String name, JsonNode list) {
    if (!list.isArray()) {
      return true;
    }
    var seen = new LinkedHashSet<String>();
    for (var item : list) {
      if (!item.path(name).isValueNode() || !seen.add(item.path(name).asText())) {
        return false;
      }
    }
    return true;
  }

  /** What is said before a text of a list, as {@code --password} is before its value. */
  private static String option(JsonNode list, String key) {
    if (!list.isArray() || !INDEX.matcher(key).matches()) {
      return "";
    }
    var before = list.path(Integer.parseInt(key) - 1).asText("");
    return before.startsWith("-") ? " " + before : "";
  }

  private @Nullable String shown(String path, String name, JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (secret && (path.startsWith("data") || path.startsWith("stringData"))) {
      return Confidential.MASK;
    }
    var text = node.isValueNode() ? node.asText() : node.toString();
    return Printable.of(Confidential.shown(path, name, text));
  }
}
