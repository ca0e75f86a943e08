package dev.slipway.pipeline.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.action.ActionSpec;
import dev.slipway.action.ClusterSpecs;
import dev.slipway.action.FlowSpecs;
import dev.slipway.action.Params;
import dev.slipway.action.ReplicaShare;
import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.pipeline.problem.Words;
import dev.slipway.pipeline.yaml.Node.Mapping;
import dev.slipway.pipeline.yaml.Node.Scalar;
import dev.slipway.pipeline.yaml.Node.Scalar.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes out a rollout as the steps that its strategy is made of. Each of them is a step like any
 * other: it has a log, evidence and a time limit, can be read of in the history, and when it fails
 * the stage goes back. The last one has the rollout's name and promotes.
 */
final class Strategies {
  private static final Duration USUAL_DELAY = Duration.ofSeconds(30);
  private static final int LONGEST_NAME = 64;
  private static final List<String> PARTS = List.of("setWeight", "pause", "analysis", "promote");

  /** A parameter that one strategy alone has. */
  private record Owned(String param, String strategy) {}

  private static final List<Owned> OWNED =
      List.of(
          new Owned(ClusterSpecs.STEPS, ClusterSpecs.CANARY),
          new Owned(ClusterSpecs.ROUTE, ClusterSpecs.CANARY),
          new Owned(ClusterSpecs.CHECKS, ClusterSpecs.BLUE_GREEN),
          new Owned(ClusterSpecs.AUTO_PROMOTION, ClusterSpecs.BLUE_GREEN),
          new Owned(ClusterSpecs.SCALE_DOWN_DELAY, ClusterSpecs.BLUE_GREEN));

  private final StepReader reader;

  Strategies(StepReader reader) {
    this.reader = reader;
  }

  /** The steps that stand for this one. */
  List<StepDraft> writtenOut(StepDraft step) {
    if (!step.action().equals(ClusterSpecs.K8S_ROLLOUT.name()) || step.queue().isPresent()) {
      return List.of(step);
    }
    var strategy = step.params().text(ClusterSpecs.STRATEGY, ClusterSpecs.ROLLING);
    OWNED.forEach(owned -> mustBelong(step, owned, strategy));
    return switch (strategy) {
      case ClusterSpecs.CANARY -> canary(step);
      case ClusterSpecs.BLUE_GREEN -> blueGreen(step);
      default -> List.of(step);
    };
  }

  private static void mustBelong(StepDraft step, Owned owned, String strategy) {
    param(step, owned.param())
        .filter(value -> !owned.strategy().equals(strategy))
        .ifPresent(
            value ->
                value.error(
                    "%s belongs to `strategy: %s`, and this is %s"
                        .formatted(value.quotedLabel(), owned.strategy(), Words.quoted(strategy)),
                    "write `strategy: %s`, or remove it".formatted(owned.strategy())));
  }

  private List<StepDraft> canary(StepDraft rollout) {
    var written = new Written(rollout);
    var steps = param(rollout, ClusterSpecs.STEPS);
    if (steps.isEmpty()) {
      strategyOf(rollout)
          .error(
              "a canary needs `steps`",
              "for example: steps: [{setWeight: 25}, {pause: 10m}, {analysis: {action:"
                  + " k8s_health_check}}, promote]");
    }
    var parts = steps.flatMap(Value::listOfSome).orElse(List.of());
    var hasWeight = false;
    for (var index = 0; index < parts.size(); index++) {
      var part = Part.of(parts.get(index));
      var number = index + 1;
      switch (part.name()) {
        case "setWeight" -> {
          hasWeight = true;
          weight(rollout, part).ifPresent(weight -> written.weight(number, weight, part));
        }
        case "pause" -> {
          if (!hasWeight) {
            part.at().error("a pause before the first weight has nothing to look at", "move it");
          }
          written.pause(number + "-pause", part.at(), pauseOf(part));
        }
        case "analysis" ->
            part.value().ifPresent(check -> written.check(number + "-analysis", check));
        case "promote" -> {
          if (number < parts.size()) {
            part.at().error("`promote` is the last step of a canary", "remove what comes after");
          }
        }
        default -> {}
      }
    }
    if (!parts.isEmpty() && !hasWeight) {
      steps
          .orElseThrow()
          .error("a canary without `setWeight` gets no traffic", "begin with {setWeight: 25}");
    }
    return written.promoted();
  }

  private static Optional<Integer> weight(StepDraft rollout, Part part) {
    var value = part.value();
    var weight = value.flatMap(written -> written.count(1, 99));
    if (rollout.params().text(ClusterSpecs.ROUTE).isPresent()) {
      return weight;
    }
    var replicas = rollout.params().count(ClusterSpecs.REPLICAS, 0);
    if (weight.isPresent() && replicas > 0 && ReplicaShare.of(weight.get(), replicas).isEmpty()) {
      value
          .orElseThrow()
          .error(
              "%d percent of %d replicas is no whole number of pods"
                  .formatted(weight.get(), replicas),
              advice(replicas));
      return Optional.empty();
    }
    return weight;
  }

  private static String advice(int replicas) {
    var possible = ReplicaShare.expressible(replicas);
    return possible.isEmpty()
        ? "a canary shares traffic with what serves: run 2 replicas or more"
        : "%d replicas can have %s percent"
            .formatted(
                replicas, String.join(", ", possible.stream().map(String::valueOf).toList()));
  }

  /** Empty for one that a person ends. */
  private static Optional<Value> pauseOf(Part part) {
    return part.value()
        .flatMap(
            value ->
                value.node() instanceof Mapping
                    ? value.fields().only(List.of(FlowSpecs.FOR)).get(FlowSpecs.FOR)
                    : Optional.of(value))
        .filter(time -> time.duration(StepReader.SHORTEST, FlowSpecs.PAUSE.timeout()).isPresent());
  }

  private List<StepDraft> blueGreen(StepDraft rollout) {
    var written = new Written(rollout);
    written.expose("preview", ClusterSpecs.K8S_PREVIEW, rollout.params(), strategyOf(rollout));
    var number = 1;
    for (var check : param(rollout, ClusterSpecs.CHECKS).flatMap(Value::list).orElse(List.of())) {
      written.check("check-" + number++, check);
    }
    if (!rollout.params().flag(ClusterSpecs.AUTO_PROMOTION, true)) {
      written.pause(
          "ask",
          param(rollout, ClusterSpecs.AUTO_PROMOTION).orElse(rollout.at()),
          Optional.empty());
    }
    written.expose("switch", ClusterSpecs.K8S_SWITCH, rollout.params(), strategyOf(rollout));
    var delay = rollout.params().duration(ClusterSpecs.SCALE_DOWN_DELAY, USUAL_DELAY);
    if (delay.compareTo(FlowSpecs.PAUSE.timeout()) > 0) {
      param(rollout, ClusterSpecs.SCALE_DOWN_DELAY)
          .orElse(rollout.at())
          .error(
              "the old pods stay for a day at most: the environment is locked meanwhile",
              "write `scaleDownDelay: 1d` or less");
    }
    if (delay.isPositive()) {
      written.keep(delay);
    }
    return written.promoted();
  }

  private static Value strategyOf(StepDraft rollout) {
    return param(rollout, ClusterSpecs.STRATEGY).orElse(rollout.at());
  }

  private static Optional<Value> param(StepDraft step, String name) {
    return step.at().field("params").flatMap(params -> params.field(name));
  }

  /**
   * One of a canary's steps: a name, and mostly something behind it.
   *
   * @param name empty when it is none, which has been said
   */
  private record Part(Value at, String name, Optional<Value> value) {
    static Part of(Value at) {
      if (at.node() instanceof Scalar) {
        var name = at.text().orElse("");
        var needsMore = name.equals("setWeight") || name.equals("analysis");
        if (needsMore) {
          at.error("%s needs a value".formatted(Words.quoted(name)), "such as {setWeight: 25}");
        }
        return known(at, needsMore ? "promote" : name, Optional.empty());
      }
      var fields = at.fields().all();
      if (fields.size() != 1) {
        at.error("a step of a canary is one of " + Words.anyOf(PARTS), "give each a line");
        return new Part(at, "", Optional.empty());
      }
      var field = fields.getFirst();
      refuseEmpty(field);
      return known(at, field.label(), field.isNull() ? Optional.empty() : Optional.of(field));
    }

    private static void refuseEmpty(Value field) {
      var isPromotion = field.label().equals("promote");
      if (field.isNull()
          && (field.label().equals("setWeight") || field.label().equals("analysis"))) {
        field.error(field.quotedLabel() + " needs a value", "such as {setWeight: 25}");
      } else if (!field.isNull() && isPromotion) {
        field.error("`promote` takes no value", "write `- promote`");
      }
    }

    private static Part known(Value at, String name, Optional<Value> value) {
      if (PARTS.contains(name)) {
        return new Part(at, name, value);
      }
      at.error(
          "a canary has no step %s".formatted(Words.quoted(name)),
          Nearest.question(name, PARTS).or(() -> Optional.of("it has " + Words.anyOf(PARTS))));
      return new Part(at, "", Optional.empty());
    }
  }

  /** The steps so far; each waits for the one before. */
  private final class Written {
    private final StepDraft rollout;
    private final List<StepDraft> steps = new ArrayList<>();

    Written(StepDraft rollout) {
      this.rollout = rollout;
    }

    void weight(int number, int weight, Part part) {
      var json = rollout.params().json().deepCopy();
      json.put(ClusterSpecs.WEIGHT, weight);
      expose(
          "%d-weight-%d".formatted(number, weight),
          ClusterSpecs.K8S_CANARY,
          new Params(json),
          part.at());
    }

    /** What is said of the rollout holds for each of its parts. */
    void expose(String suffix, ActionSpec spec, Params params, Value at) {
      var isFirst = steps.isEmpty();
      add(
          new StepDraft(
              at,
              name(suffix),
              spec.name(),
              Optional.of(spec),
              only(spec, params),
              rollout.timeout(),
              Optional.empty(),
              needs(),
              "",
              rollout.retry(),
              rollout.env(),
              Optional.empty(),
              isFirst ? rollout.templates() : List.of(),
              List.of()));
    }

    private static Params only(ActionSpec spec, Params params) {
      ObjectNode json = params.json().deepCopy();
      json.retain(spec.params().stream().map(param -> param.name()).toList());
      return new Params(json);
    }

    void pause(String suffix, Value at, Optional<Value> time) {
      var params = Params.none();
      time.flatMap(value -> value.duration(StepReader.SHORTEST, FlowSpecs.PAUSE.timeout()))
          .ifPresent(length -> params.json().put(FlowSpecs.FOR, length.toMillis()));
      pause(suffix, at, params);
    }

    void keep(Duration delay) {
      var params = Params.none();
      params.json().put(FlowSpecs.FOR, delay.toMillis());
      pause("keep", param(rollout, ClusterSpecs.SCALE_DOWN_DELAY).orElse(rollout.at()), params);
    }

    private void pause(String suffix, Value at, Params params) {
      add(
          new StepDraft(
              at,
              name(suffix),
              FlowSpecs.PAUSE.name(),
              Optional.of(FlowSpecs.PAUSE),
              params,
              FlowSpecs.PAUSE.timeout(),
              Optional.empty(),
              needs(),
              "",
              Optional.empty(),
              Map.of(),
              Optional.empty(),
              List.of(),
              List.of()));
    }

    void check(String suffix, Value at) {
      var check = reader.read(at, Optional.of(name(suffix)));
      if (check.spec().isPresent() && check.spec().get().effect().changes()) {
        at.field("action")
            .orElse(at)
            .error(
                "%s changes the environment, and an analysis looks at it"
                    .formatted(Words.quoted(check.action())),
                "use `k8s_health_check`, `http_check` or `run`");
      }
      check
          .needs()
          .ifPresent(
              _ ->
                  at.field("needs")
                      .orElse(at)
                      .error("a step of a strategy waits for the one before it", "remove `needs`"));
      add(check.after(needs()));
    }

    private void add(StepDraft step) {
      steps.add(step);
    }

    private String name(String suffix) {
      var name = rollout.name() + "-" + suffix;
      if (name.length() > LONGEST_NAME && Names.isName(rollout.name())) {
        rollout
            .at()
            .field("name")
            .orElse(rollout.at())
            .error(
                "its step %s would have a name of %d letters"
                    .formatted(Words.quoted(name), name.length()),
                "%d are the most; shorten it".formatted(LONGEST_NAME));
      }
      return name;
    }

    /** As the rollout says for the first one; empty leaves it to the order. */
    private Optional<List<Value>> needs() {
      if (steps.isEmpty()) {
        return rollout.needs();
      }
      var at = rollout.at();
      var name = new Scalar(at.place(), Kind.TEXT, steps.getLast().name());
      return Optional.of(List.of(new Value(name, at.path(), at.label(), at.problems())));
    }

    List<StepDraft> promoted() {
      add(rollout.after(needs()));
      return List.copyOf(steps);
    }
  }
}
