package dev.slipway.action;

import static dev.slipway.action.ParamSpec.choice;
import static dev.slipway.action.ParamSpec.optional;
import static dev.slipway.action.ParamSpec.required;
import static dev.slipway.evidence.EvidenceKind.TEST_RESULT;

import dev.slipway.action.ActionSpec.Effect;
import java.time.Duration;
import java.util.List;

/** Actions on what an environment runs and serves. */
public final class DeploymentSpecs {
  private static final ParamSpec ARTIFACT =
      required("artifact", ParamType.ARTIFACT, "The artifact that holds the application.");

  private static final ParamSpec REPLICAS =
      optional("replicas", ParamType.COUNT, "the environment's", "How many replicas run.");

  public static final ActionSpec DEPLOY =
      new ActionSpec(
          "deploy",
          "Starts the application, or replaces what runs, and waits until every replica is healthy.",
          List.of(ARTIFACT, REPLICAS),
          Duration.ofMinutes(3),
          List.of(TEST_RESULT),
          Effect.DEPLOYS);

  public static final ActionSpec ROLLOUT =
      new ActionSpec(
          "rollout",
          "Replaces replicas step by step; each new one must be healthy before an old one goes.",
          List.of(
              ARTIFACT,
              REPLICAS,
              choice("strategy", List.of("rolling"), "rolling", "How traffic moves over."),
              optional(
                  "maxSurge", ParamType.COUNT, "1", "Replicas above the wanted number meanwhile."),
              optional(
                  "maxUnavailable",
                  ParamType.COUNT,
                  "0",
                  "Replicas below the wanted number meanwhile.")),
          Duration.ofMinutes(10),
          List.of(TEST_RESULT),
          Effect.DEPLOYS);

  public static final ActionSpec HEALTH_CHECK =
      new ActionSpec(
          "health_check",
          "Watches every replica's health over a window; one that restarts or fails ends it.",
          List.of(
              optional("window", ParamType.DURATION, "10s", "How long all must stay healthy."),
              optional("interval", ParamType.DURATION, "500ms", "The wait between two looks.")),
          Duration.ofMinutes(2),
          List.of(TEST_RESULT),
          Effect.OBSERVES);

  public static final ActionSpec FRONTEND_PUBLISH =
      new ActionSpec(
          "frontend_publish",
          "Publishes a built frontend: hashed files first and for ever, entry points last.",
          List.of(required("artifact", ParamType.ARTIFACT, "The artifact that holds the files.")),
          Duration.ofMinutes(2),
          List.of(TEST_RESULT),
          Effect.PUBLISHES);

  private DeploymentSpecs() {}
}
