package dev.slipway.pipeline.file;

import dev.slipway.action.ActionCatalog;
import dev.slipway.action.ActionSpec;
import dev.slipway.action.Params;
import dev.slipway.pipeline.Step.StepRetry;
import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.pipeline.problem.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a step and checks it against what its action takes. */
final class StepReader {
  static final Duration SHORTEST = Duration.ofMillis(1);
  static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration FOREIGN_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(2);
  private static final int MOST_TRIES = 100;
  private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,127}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final List<String> KNOWN =
      List.of(
          "name",
          "action",
          "params",
          "timeout",
          "artifact",
          "needs",
          "directory",
          "retry",
          "env",
          "queue");
  private static final List<String> LATER = List.of("inputs", "onFailure");

  private final ActionCatalog catalog;
  private final Strategies strategies = new Strategies(this);

  StepReader(ActionCatalog catalog) {
    this.catalog = catalog;
  }

  /** The step, or those that it is made of. */
  List<StepDraft> read(Value value) {
    return strategies.writtenOut(read(value, Optional.empty()));
  }

  /**
   * One step.
   *
   * @param usualName of one that need not have a name of its own
   */
  StepDraft read(Value value, Optional<String> usualName) {
    var fields = value.fields().only(KNOWN, LATER);
    var templates = new ArrayList<TemplateUse>();
    var params = new ParamsReader(templates);
    var queue = fields.get("queue").flatMap(StepReader::queue);
    var action = fields.required("action", "name what the step does").flatMap(Value::text);
    var spec = action.flatMap(catalog::find);
    if (spec.isPresent()) {
      params.read(fields.get("params"), spec.get(), value);
    } else {
      fields.get("params").ifPresent(params::readAny);
      fields
          .get("action")
          .filter(written -> action.isPresent() && queue.isEmpty())
          .ifPresent(this::unknownAction);
    }
    var artifact = fields.get("artifact").filter(written -> Names.name(written).isPresent());
    artifact.ifPresent(written -> mustHaveOutput(written, spec));
    return new StepDraft(
        value,
        name(fields, usualName).orElse(value.path()),
        action.orElse(""),
        spec,
        new Params(params.json()),
        fields
            .get("timeout")
            .flatMap(timeout -> timeout.duration(SHORTEST, LONGEST))
            .orElse(spec.map(ActionSpec::timeout).orElse(FOREIGN_TIMEOUT)),
        artifact,
        fields.get("needs").flatMap(Value::listOrOne),
        fields.get("directory").flatMap(StepReader::directory).orElse(""),
        fields.get("retry").map(StepReader::retry),
        fields.get("env").map(env -> variables(env, templates)).orElse(Map.of()),
        queue,
        templates,
        params.artifacts());
  }

  private static Optional<String> name(Fields fields, Optional<String> usual) {
    var written = fields.get("name");
    return usual.isPresent() && written.isEmpty()
        ? usual
        : fields.required("name", "give the step a name").flatMap(Names::name);
  }

  private void unknownAction(Value action) {
    var name = action.text().orElse("");
    action.error(
        "unknown action " + Words.quoted(name),
        Nearest.question(name, catalog.specs().stream().map(ActionSpec::name).toList())
            .orElse(
                "list the actions: slipway actions; one of your own worker needs the worker's `queue`"));
  }

  private static void mustHaveOutput(Value artifact, Optional<ActionSpec> spec) {
    if (spec.isPresent() && spec.get().makes() == ActionSpec.Makes.NOTHING) {
      artifact.error(
          Words.quoted(spec.get().name()) + " makes nothing that can be kept", "remove `artifact`");
    }
  }

  private static Optional<String> queue(Value value) {
    return value
        .text()
        .flatMap(
            queue ->
                QUEUE.matcher(queue).matches()
                    ? Optional.of(queue)
                    : value.mustBe("the name of a worker's task queue"));
  }

  private static Optional<String> directory(Value value) {
    return RelativePaths.inside(value, "the repository")
        .map(path -> path.replaceAll("/+$", ""))
        .map(path -> path.equals(".") ? "" : path);
  }

  private static StepRetry retry(Value value) {
    var fields = value.fields().only(List.of("maxAttempts", "interval", "backoff"));
    return new StepRetry(
        fields
            .required("maxAttempts", "how often the step is tried in all")
            .flatMap(count -> count.count(1, MOST_TRIES))
            .orElse(1),
        fields
            .get("interval")
            .flatMap(interval -> interval.duration(Duration.ZERO, LONGEST))
            .orElse(RETRY_INTERVAL),
        fields.get("backoff").flatMap(StepReader::backoff).orElse(2.0));
  }

  private static Optional<Double> backoff(Value value) {
    return value
        .decimal()
        .flatMap(
            factor ->
                factor >= 1 && factor <= 10
                    ? Optional.of(factor)
                    : value.mustBe("a number from 1 to 10"));
  }

  /** Variables of a process, in the file's order. */
  static Map<String, String> variables(Value value, List<TemplateUse> templates) {
    for (var field : value.fields().all()) {
      if (!VARIABLE.matcher(field.label()).matches()) {
        field.error(
            field.quotedLabel() + " can't be the name of a variable",
            "use letters, digits and `_`, and no digit first");
      }
    }
    return TemplateUse.map(value, templates);
  }
}
