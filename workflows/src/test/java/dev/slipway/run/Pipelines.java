package dev.slipway.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.action.Params;
import dev.slipway.pipeline.ApprovalPolicy;
import dev.slipway.pipeline.Check;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Gate;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Stage;
import dev.slipway.pipeline.Stage.OnFailure;
import dev.slipway.pipeline.Stage.RetryConfig;
import dev.slipway.pipeline.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pipelines for tests, as the parser would freeze them. */
final class Pipelines {
  static final Gate OPEN =
      new Gate(List.of(), true, false, Gate.Mode.ENFORCE, ApprovalPolicy.DEFAULT);
  static final Gate APPROVAL =
      new Gate(List.of(), false, true, Gate.Mode.ENFORCE, ApprovalPolicy.DEFAULT);

  static final EnvironmentSpec.LocalRun LOCAL_RUN =
      new EnvironmentSpec.LocalRun(
          List.of("node", "server.js"), "PORT", "/health", List.of(), 1, Map.of());

  private Pipelines() {}

  /** Build, staging, and production behind an approval. */
  static Pipeline shop() {
    return shop(APPROVAL);
  }

  static Pipeline shop(Gate production) {
    return new Pipeline(
        "shop",
        List.of(environment("staging", null), environment("production", "staging")),
        List.of(
            stage("build", List.of(), null, OPEN, step("compile", "run", Effect.NONE)),
            stage(
                "staging",
                List.of("build"),
                "staging",
                OPEN,
                step("deploy", "deploy", Effect.DEPLOYS)),
            stage(
                "production",
                List.of("staging"),
                "production",
                production,
                step("rollout", "rollout", Effect.DEPLOYS),
                step("health", "health_check", Effect.OBSERVES, "rollout"))),
        List.of());
  }

  /** The shop with a step whose parameters no run can resolve, which a checked file never has. */
  static Pipeline withDefectIn(String stage, String step) {
    return of(
        shop().stages().stream()
            .map(
                each ->
                    each.name().equals(stage)
                        ? stage(
                            each.name(),
                            each.needs(),
                            each.environment(),
                            each.gate(),
                            each.steps().stream()
                                .map(own -> own.name().equals(step) ? broken(own) : own)
                                .toArray(Step[]::new))
                        : each)
            .toArray(Stage[]::new));
  }

  private static Step broken(Step step) {
    var params = JsonNodeFactory.instance.objectNode().put("url", "${no such reference");
    return new Step(
        step.name(),
        step.action(),
        step.effect(),
        new Params(params),
        step.timeout(),
        null,
        step.needs(),
        "",
        null,
        Map.of(),
        null);
  }

  /** The shop's way to staging and no further. */
  static Pipeline stagingOnly() {
    return of(shop().stages().get(0), shop().stages().get(1));
  }

  /** The shop's way to staging and then this. */
  static Pipeline stagingThen(Stage last) {
    return of(shop().stages().get(0), shop().stages().get(1), last);
  }

  static EnvironmentSpec environment(String name, @Nullable String after) {
    return new EnvironmentSpec(
        name, EnvironmentSpec.Target.LOCAL, LOCAL_RUN, null, null, after, false, null);
  }

  static Stage stage(
      String name, List<String> needs, @Nullable String environment, Gate gate, Step... steps) {
    return new Stage(
        name, List.of(steps), gate, OnFailure.STOP, RetryConfig.NONE, needs, environment, false);
  }

  static Step step(String name, String action, Effect effect, String... needs) {
    return new Step(
        name,
        action,
        effect,
        Params.none(),
        Duration.ofMinutes(1),
        null,
        List.of(needs),
        "",
        null,
        Map.of(),
        null);
  }

  /** A gate that asks before the stage, as this policy says. */
  static Gate asks(ApprovalPolicy policy) {
    return new Gate(List.of(), true, true, Gate.Mode.ENFORCE, policy);
  }

  /** A gate that asks when the stage has passed. */
  static Gate asksAfterwards() {
    return new Gate(List.of(), false, false, Gate.Mode.ENFORCE, ApprovalPolicy.DEFAULT);
  }

  static Gate checks(Check... checks) {
    return new Gate(List.of(checks), true, false, Gate.Mode.ENFORCE, ApprovalPolicy.DEFAULT);
  }

  /** Stages alone, which change nothing. */
  static Pipeline of(Stage... stages) {
    return new Pipeline("shop", shop().environments(), List.of(stages), List.of());
  }

  static Stage withFailure(Stage stage, OnFailure onFailure, RetryConfig retry, boolean redeploy) {
    return new Stage(
        stage.name(),
        stage.steps(),
        stage.gate(),
        onFailure,
        retry,
        stage.needs(),
        stage.environment(),
        redeploy);
  }
}
