package dev.slipway.pipeline.file;

import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.EnvironmentSpec.LocalRun;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.pipeline.EnvironmentSpec.Target;
import dev.slipway.pipeline.problem.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads an environment. */
final class EnvironmentReader {
  private static final int MOST_REPLICAS = 100;
  private static final String STANDARD_HEALTH = "/health";
  private static final String STANDARD_PORT_VARIABLE = "PORT";
  private static final Pattern URL_PATH = Pattern.compile("/[!-~]*");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final List<String> KNOWN =
      List.of(
          "target",
          "run",
          "cluster",
          "namespace",
          "manifests",
          "url",
          "database",
          "after",
          "keepOnFailure");
  private static final List<String> LATER = List.of("assets", "metrics");

  private EnvironmentReader() {}

  /** The value's label is the environment's name. */
  static EnvironmentDraft read(Value value) {
    var templates = new ArrayList<TemplateUse>();
    if (value.isNull()) {
      return new EnvironmentDraft(value, bare(value.label()), Optional.empty(), templates);
    }
    var fields = value.fields().only(KNOWN, LATER);
    var after = fields.get("after");
    var target = fields.get("target").flatMap(word -> word.word(Target.class)).orElse(Target.LOCAL);
    onlyPartsOf(target, fields);
    var spec =
        new EnvironmentSpec(
            value.label(),
            target,
            fields.get("run").map(run -> run(run, templates)).orElse(null),
            fields.get("url").flatMap(Urls::http).orElse(null),
            fields.get("database").flatMap(url -> database(url, templates)).orElse(null),
            after.flatMap(Value::text).orElse(null),
            fields.get("keepOnFailure").flatMap(Value::flag).orElse(false),
            target == Target.KUBERNETES ? namespace(value.label(), fields) : null);
    return new EnvironmentDraft(value, spec, after, templates);
  }

  private static EnvironmentSpec bare(String name) {
    return new EnvironmentSpec(name, Target.LOCAL, null, null, null, null, false, null);
  }

  private static Namespace namespace(String environment, Fields fields) {
    return new Namespace(
        fields.get("cluster").flatMap(Names::id).orElse(Namespace.DEFAULT_CLUSTER),
        fields.get("namespace").flatMap(Names::namespace).orElse(environment),
        fields
            .get("manifests")
            .flatMap(path -> RelativePaths.inside(path, "the repository"))
            .orElse(null));
  }

  private static void onlyPartsOf(Target target, Fields fields) {
    switch (target) {
      case LOCAL -> {
        foreign(fields, "cluster", "add `target: kubernetes`, or remove it");
        foreign(fields, "namespace", "add `target: kubernetes`, or remove it");
        foreign(fields, "manifests", "add `target: kubernetes`, or remove it");
      }
      case KUBERNETES -> {
        foreign(fields, "run", "the image says how it runs; remove it, or `target: kubernetes`");
        fields
            .get("database")
            .filter(url -> url.text().filter(EnvironmentSpec.EMBEDDED_DATABASE::equals).isPresent())
            .ifPresent(
                url ->
                    url.error(
                        "pods can't reach the embedded database of a server",
                        "give the jdbc:postgresql: URL of one that they reach"));
      }
    }
  }

  private static void foreign(Fields fields, String name, String advice) {
    fields
        .get(name)
        .ifPresent(
            value ->
                value.error(value.quotedLabel() + " belongs to another kind of target", advice));
  }

  private static LocalRun run(Value value, List<TemplateUse> templates) {
    var fields =
        value
            .fields()
            .only(List.of("command", "portVariable", "health", "smoke", "replicas", "env"));
    return new LocalRun(
        fields
            .required("command", "the program and its arguments, as a list")
            .map(command -> command(command, templates))
            .orElse(List.of()),
        fields
            .get("portVariable")
            .flatMap(EnvironmentReader::variable)
            .orElse(STANDARD_PORT_VARIABLE),
        fields.get("health").flatMap(EnvironmentReader::urlPath).orElse(STANDARD_HEALTH),
        fields.get("smoke").flatMap(Value::listOrOne).orElse(List.of()).stream()
            .flatMap(path -> urlPath(path).stream())
            .toList(),
        fields.get("replicas").flatMap(replicas -> replicas.count(1, MOST_REPLICAS)).orElse(1),
        fields.get("env").map(env -> StepReader.variables(env, templates)).orElse(Map.of()));
  }

  private static List<String> command(Value value, List<TemplateUse> templates) {
    return value.listOfSome().orElse(List.of()).stream()
        .flatMap(argument -> TemplateUse.text(argument, templates).stream())
        .toList();
  }

  private static Optional<String> variable(Value value) {
    return value
        .text()
        .flatMap(
            name ->
                VARIABLE.matcher(name).matches()
                    ? Optional.of(name)
                    : value.mustBe("the name of a variable"));
  }

  private static Optional<String> urlPath(Value value) {
    return value
        .text()
        .flatMap(
            path ->
                URL_PATH.matcher(path).matches()
                    ? Optional.of(path)
                    : value.mustBe("a path that begins with `/`"));
  }

  private static Optional<String> database(Value value, List<TemplateUse> templates) {
    return TemplateUse.text(value, templates)
        .flatMap(
            url -> {
              if (url.equals(EnvironmentSpec.EMBEDDED_DATABASE)
                  || url.startsWith("jdbc:postgresql:")
                  || url.startsWith("${")) {
                return Optional.of(url);
              }
              value.error(
                  "`database` must be `embedded` or a jdbc:postgresql: URL",
                  Nearest.question(url, List.of(EnvironmentSpec.EMBEDDED_DATABASE)));
              return Optional.empty();
            });
  }
}
