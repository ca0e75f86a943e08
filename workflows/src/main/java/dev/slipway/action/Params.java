package dev.slipway.action;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A step's parameters, checked against the action's specification before the run started. Each
 * getter answers the value, or the default given by the action.
 *
 * <p>A value of the wrong shape, which only a worker of another version can meet, is an {@link
 * IllegalArgumentException} that names the parameter.
 */
public record Params(@JsonValue ObjectNode json) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Params {}

  /** No parameters. */
  public static Params none() {
    return new Params(JsonNodeFactory.instance.objectNode());
  }

  /** A text that may be absent. */
  public Optional<String> text(String name) {
    return value(name).map(node -> scalar(name, node));
  }

  /** A text with a default. */
  public String text(String name, String otherwise) {
    return text(name).orElse(otherwise);
  }

  /** A text that the specification requires. */
  public String required(String name) {
    return text(name).orElseThrow(() -> wrong(name, "is missing"));
  }

  /** A list of texts; one text alone is a list of one; empty when absent. */
  public List<String> texts(String name) {
    return value(name)
        .map(
            node -> {
              if (!node.isArray()) {
                return List.of(scalar(name, node));
              }
              var texts = new ArrayList<String>();
              node.forEach(element -> texts.add(scalar(name, element)));
              return List.copyOf(texts);
            })
        .orElse(List.of());
  }

  /** A mapping of names to texts, in the file's order; empty when absent. */
  public Map<String, String> textMap(String name) {
    var texts = new LinkedHashMap<String, String>();
    value(name)
        .ifPresent(
            node -> {
              if (!node.isObject()) {
                throw wrong(name, "is no mapping");
              }
              node.properties()
                  .forEach(entry -> texts.put(entry.getKey(), scalar(name, entry.getValue())));
            });
    return texts;
  }

  /** A whole number with a default. */
  public int count(String name, int otherwise) {
    return value(name)
        .map(
            node -> {
              if (!node.canConvertToInt() || !node.isIntegralNumber()) {
                throw wrong(name, "is no whole number");
              }
              return node.intValue();
            })
        .orElse(otherwise);
  }

  /** True or false with a default. */
  public boolean flag(String name, boolean otherwise) {
    return value(name)
        .map(
            node -> {
              if (!node.isBoolean()) {
                throw wrong(name, "is neither true nor false");
              }
              return node.booleanValue();
            })
        .orElse(otherwise);
  }

  /** A time with a default: a number of milliseconds, or a text like {@code 90s}. */
  public Duration duration(String name, Duration otherwise) {
    return value(name)
        .map(
            node ->
                node.isIntegralNumber()
                    ? Duration.ofMillis(node.longValue())
                    : Durations.parse(scalar(name, node))
                        .orElseThrow(() -> wrong(name, "is no time")))
        .orElse(otherwise);
  }

  private Optional<JsonNode> value(String name) {
    return Optional.ofNullable(json.get(name)).filter(node -> !node.isNull());
  }

  private static String scalar(String name, JsonNode node) {
    if (!node.isValueNode()) {
      throw wrong(name, "is no text");
    }
    return node.asText();
  }

  private static IllegalArgumentException wrong(String name, String how) {
    return new IllegalArgumentException("parameter `" + name + "` " + how);
  }
}
