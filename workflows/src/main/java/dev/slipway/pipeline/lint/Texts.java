package dev.slipway.pipeline.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.pipeline.EnvironmentSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The texts of a pipeline with their paths. */
final class Texts {
  private Texts() {}

  /** All texts of a step's parameters and variables. */
  static Stream<Located<String>> of(LintedStep step) {
    return Stream.concat(
        in(step.step().params().json(), step.at("params")), of(step.step().env(), step.at("env")));
  }

  /** All texts of one parameter of a step. */
  static Stream<Located<String>> of(LintedStep step, String param) {
    var value = step.step().params().json().get(param);
    return value == null ? Stream.empty() : in(value, step.at("params." + param));
  }

  /** All texts of an environment that people write freely. */
  static Stream<Located<String>> of(Located<EnvironmentSpec> environment) {
    var spec = environment.value();
    var run = spec.run();
    return Stream.concat(
        spec.database() == null
            ? Stream.empty()
            : Stream.of(new Located<>(environment.path() + ".database", spec.database())),
        run == null
            ? Stream.empty()
            : Stream.concat(
                of(run.command(), environment.path() + ".run.command"),
                of(run.env(), environment.path() + ".run.env")));
  }

  static Stream<Located<String>> of(List<String> texts, String path) {
    return IntStream.range(0, texts.size())
        .mapToObj(index -> new Located<>(path + "[" + index + "]", texts.get(index)));
  }

  private static Stream<Located<String>> of(Map<String, String> texts, String path) {
    return texts.entrySet().stream()
        .map(entry -> new Located<>(path + "." + entry.getKey(), entry.getValue()));
  }

  private static Stream<Located<String>> in(JsonNode node, String path) {
    return switch (node) {
      case ObjectNode object ->
          object.properties().stream()
              .flatMap(property -> in(property.getValue(), path + "." + property.getKey()));
      case ArrayNode array ->
          IntStream.range(0, array.size())
              .boxed()
              .flatMap(index -> in(array.get(index), path + "[" + index + "]"));
      default ->
          node.isTextual() ? Stream.of(new Located<>(path, node.textValue())) : Stream.empty();
    };
  }
}
