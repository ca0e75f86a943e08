package dev.slipway.pipeline.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.action.ActionSpec;
import dev.slipway.action.ParamSpec;
import dev.slipway.action.ParamType;
import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.pipeline.problem.Words;
import dev.slipway.pipeline.yaml.Node;
import dev.slipway.pipeline.yaml.Node.Scalar;
import dev.slipway.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a step's parameters and checks them against the action's specification. */
final class ParamsReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Duration LONGEST = Duration.ofDays(365);

  private final ObjectNode json = JSON.objectNode();
  private final List<TemplateUse> templates;
  private final List<Value> artifacts = new ArrayList<>();

  ParamsReader(List<TemplateUse> templates) {
    this.templates = templates;
  }

  ObjectNode json() {
    return json;
  }

  /** Every parameter that names an artifact. */
  List<Value> artifacts() {
    return artifacts;
  }

  /** Takes any parameters: those of an action that this version does not know. */
  void readAny(Value params) {
    for (var param : params.fields().all()) {
      json.set(param.label(), any(param));
    }
  }

  /**
   * Takes what the action knows.
   *
   * @param step where to say that a parameter is missing when there are none at all
   */
  void read(Optional<Value> params, ActionSpec spec, Value step) {
    var fields = params.map(Value::fields);
    fields.ifPresent(written -> onlyKnown(written, spec));
    for (var param : spec.params()) {
      var value = fields.flatMap(written -> written.get(param.name()));
      if (value.isEmpty() && param.required()) {
        params
            .orElse(step)
            .error(
                "%s needs the parameter %s"
                    .formatted(Words.quoted(spec.name()), Words.quoted(param.name())),
                param.name() + ": " + param.description());
      }
      value
          .flatMap(written -> typed(written, param))
          .ifPresent(node -> json.set(param.name(), node));
    }
  }

  private static void onlyKnown(Fields fields, ActionSpec spec) {
    var known = spec.params().stream().map(ParamSpec::name).toList();
    for (var value : fields.all()) {
      if (!known.contains(value.label())) {
        value
            .problems()
            .error(
                fields.namePlace(value.label()),
                value.path(),
                "%s has no parameter %s"
                    .formatted(Words.quoted(spec.name()), Words.quoted(value.label())),
                Nearest.question(value.label(), known).or(() -> knownOnes(known)));
      }
    }
  }

  private static Optional<String> knownOnes(List<String> known) {
    return known.isEmpty() ? Optional.empty() : Optional.of("it has " + Words.anyOf(known));
  }

  private Optional<? extends JsonNode> typed(Value value, ParamSpec param) {
    return switch (param.type()) {
      case TEXT -> choice(value, param).map(JSON::textNode);
      case TEXT_LIST -> textList(value);
      case TEXT_MAP -> Optional.of(textMap(value));
      case COUNT -> value.count(0, Integer.MAX_VALUE).map(JSON::numberNode);
      case FLAG -> value.flag().map(JSON::booleanNode);
      case DURATION -> value.duration(Duration.ZERO, LONGEST).map(time -> any(value));
      case PATH -> RelativePaths.inside(value, "the step's directory").map(path -> any(value));
      case GLOBS -> globs(value);
      case URL -> Urls.template(value, templates).map(JSON::textNode);
      case ARTIFACT -> artifact(value).map(JSON::textNode);
      case REPOSITORY -> ImageParams.repository(value).map(JSON::textNode);
      case TAGS -> tags(value);
      case IMAGE -> ImageParams.byDigest(value, templates).map(JSON::textNode);
      case NAMESPACE -> Names.namespace(value).map(JSON::textNode);
      // They become steps of their own, and are read as such.
      case STEPS -> Optional.empty();
    };
  }

  private Optional<String> choice(Value value, ParamSpec param) {
    var text = TemplateUse.text(value, templates);
    if (text.isPresent() && !param.choices().isEmpty() && !param.choices().contains(text.get())) {
      value.error(
          "%s must be %s, not %s"
              .formatted(
                  value.quotedLabel(), Words.anyOf(param.choices()), Words.quoted(text.get())),
          Nearest.question(text.get(), param.choices()));
      return Optional.empty();
    }
    return text;
  }

  /** One text is no list: nothing would split it into arguments. */
  private Optional<JsonNode> textList(Value value) {
    if (value.node() instanceof Scalar scalar) {
      value.error(
          value.quotedLabel() + " must be " + ParamType.TEXT_LIST.description() + ", not one text",
          "no shell splits it; write [" + String.join(", ", words(scalar.text())) + "]");
      return Optional.empty();
    }
    var elements = value.listOfSome();
    var array = JSON.arrayNode();
    elements
        .orElse(List.of())
        .forEach(element -> TemplateUse.text(element, templates).ifPresent(array::add));
    return Optional.of(array);
  }

  private static List<String> words(String text) {
    return List.of(Printable.of(text.strip()).split("\\s+", 8));
  }

  private JsonNode textMap(Value value) {
    var map = JSON.objectNode();
    TemplateUse.map(value, templates).forEach(map::put);
    return map;
  }

  private Optional<JsonNode> globs(Value value) {
    var array = JSON.arrayNode();
    for (var glob : value.listOrOne().orElse(List.of())) {
      RelativePaths.inside(glob, "the step's directory").ifPresent(text -> array.add(any(glob)));
    }
    return Optional.of(array);
  }

  private Optional<JsonNode> tags(Value value) {
    var array = JSON.arrayNode();
    value
        .listOrOne()
        .orElse(List.of())
        .forEach(tag -> ImageParams.tag(tag, templates).ifPresent(array::add));
    return Optional.of(array);
  }

  private Optional<String> artifact(Value value) {
    var name = Names.name(value);
    if (name.isPresent()) {
      artifacts.add(value);
    }
    return name;
  }

  private JsonNode any(Value value) {
    return switch (value.node()) {
      case Scalar scalar -> scalar(value, scalar);
      case Node.Sequence _ -> {
        var array = JSON.arrayNode();
        value.list().orElse(List.of()).forEach(element -> array.add(any(element)));
        yield array;
      }
      case Node.Mapping _ -> {
        var object = JSON.objectNode();
        value.fields().all().forEach(field -> object.set(field.label(), any(field)));
        yield object;
      }
    };
  }

  private JsonNode scalar(Value value, Scalar scalar) {
    return switch (scalar.kind()) {
      case NULL -> JSON.nullNode();
      case FLAG -> JSON.booleanNode(Boolean.parseBoolean(scalar.text()));
      case INTEGER -> integer(scalar.text());
      case DECIMAL -> decimal(scalar.text());
      case TEXT ->
          TemplateUse.text(value, templates).<JsonNode>map(JSON::textNode).orElse(JSON.nullNode());
    };
  }

  /** As Jackson would read it, so that frozen parameters equal these. */
  private static JsonNode integer(String text) {
    if (!text.matches("[-+]?[0-9]{1,18}")) {
      return JSON.textNode(text);
    }
    var number = Long.parseLong(text);
    return number == (int) number ? JSON.numberNode((int) number) : JSON.numberNode(number);
  }

  private static JsonNode decimal(String text) {
    return text.matches("[-+]?[0-9]{1,15}\\.[0-9]{1,15}")
        ? JSON.numberNode(Double.parseDouble(text))
        : JSON.textNode(text);
  }
}
