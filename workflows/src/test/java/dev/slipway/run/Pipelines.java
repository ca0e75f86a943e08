package dev.slipway.run;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.action.Params;
import dev.slipway.pipeline.ApprovalPolicy;
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

  static EnvironmentSpec environment(String name, @Nullable String after) {
    return new EnvironmentSpec(
        name,
        EnvironmentSpec.Target.LOCAL,
        new EnvironmentSpec.LocalRun(
            List.of("node", "server.js"), "PORT", "/health", List.of(), 1, Map.of()),
        null,
        null,
        after,
        false);
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
}
