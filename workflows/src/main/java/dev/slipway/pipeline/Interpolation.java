package dev.slipway.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.action.Params;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Resolves the references in every text of parameters and of variables; names stay as they are. */
public final class Interpolation {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Interpolation() {}

  /**
   * The run's phase: inserts the values that are known and leaves templates.
   *
   * @throws IllegalArgumentException when a text is no template, which a checked file never has
   */
  public static Params insert(Params params, Function<Reference, Optional<String>> known) {
    return new Params(object(params.json(), text -> inserted(text, known)));
  }

  /** The run's phase for variables. */
  public static Map<String, String> insert(
      Map<String, String> env, Function<Reference, Optional<String>> known) {
    return map(env, text -> inserted(text, known));
  }

  /**
   * The worker's phase: inserts the rest and leaves texts.
   *
   * @throws UnknownReferenceException when a reference has no value
   * @throws IllegalArgumentException when a text is no template, which a checked file never has
   */
  public static Params finish(Params params, Function<Reference, Optional<String>> lookup)
      throws UnknownReferenceException {
    return new Params(object(params.json(), text -> finish(text, lookup)));
  }

  /** The worker's phase for variables. */
  public static Map<String, String> finish(
      Map<String, String> env, Function<Reference, Optional<String>> lookup)
      throws UnknownReferenceException {
    return map(env, text -> finish(text, lookup));
  }

  /** The worker's phase for one text. */
  public static String finish(String text, Function<Reference, Optional<String>> lookup)
      throws UnknownReferenceException {
    return Template.parse(text).resolve(lookup).value();
  }

  private interface Mapping<E extends Exception> {
    String of(String text) throws E;
  }

  private static String inserted(String text, Function<Reference, Optional<String>> known) {
    return Template.parse(text).resolve(known).text();
  }

  private static <E extends Exception> Map<String, String> map(
      Map<String, String> env, Mapping<E> mapping) throws E {
    var mapped = new LinkedHashMap<String, String>();
    for (var variable : env.entrySet()) {
      mapped.put(variable.getKey(), mapping.of(variable.getValue()));
    }
    return mapped;
  }

  private static <E extends Exception> JsonNode node(JsonNode node, Mapping<E> mapping) throws E {
    if (node.isTextual()) {
      return TextNode.valueOf(mapping.of(node.textValue()));
    }
    if (node.isArray()) {
      var array = JSON.arrayNode(node.size());
      for (var element : node) {
        array.add(node(element, mapping));
      }
      return array;
    }
    return node instanceof ObjectNode object ? object(object, mapping) : node;
  }

  private static <E extends Exception> ObjectNode object(ObjectNode object, Mapping<E> mapping)
      throws E {
    var mapped = JSON.objectNode();
    for (var property : object.properties()) {
      mapped.set(property.getKey(), node(property.getValue(), mapping));
    }
    return mapped;
  }
}
