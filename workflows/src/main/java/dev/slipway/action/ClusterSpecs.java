package dev.slipway.action;

import static dev.slipway.action.ParamSpec.choice;
import static dev.slipway.action.ParamSpec.optional;
import static dev.slipway.action.ParamSpec.required;
import static dev.slipway.evidence.EvidenceKind.TEST_RESULT;

import dev.slipway.action.ActionSpec.Effect;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Actions on what an environment runs in a Kubernetes cluster. */
public final class ClusterSpecs {
  /** The environment's namespace; a stage without an environment gets the one it names. */
  public static final String NAMESPACE = "namespace";

  public static final String IMAGE = "image";
  public static final String REPLICAS = "replicas";
  public static final String DEPLOYMENT = "deployment";
  public static final String CONTAINER = "container";
  public static final String PORT = "port";
  public static final String HEALTH = "health";

  /** How traffic moves to a new release: one of {@link #STRATEGIES}. */
  public static final String STRATEGY = "strategy";

  public static final String ROLLING = "rolling";
  public static final String CANARY = "canary";
  public static final String BLUE_GREEN = "blue-green";
  public static final List<String> STRATEGIES = List.of(ROLLING, CANARY, BLUE_GREEN);

  /** Of a canary: what it is made of. */
  public static final String STEPS = "steps";

  /** Of blue-green: steps that look at the preview before it gets traffic. */
  public static final String CHECKS = "checks";

  /** Of blue-green: whether traffic is switched without asking a person. */
  public static final String AUTO_PROMOTION = "autoPromotion";

  /** Of blue-green: how long the old release goes on running after the switch. */
  public static final String SCALE_DOWN_DELAY = "scaleDownDelay";

  /** Of a canary: its share of the traffic in percent. */
  public static final String WEIGHT = "weight";

  /** The HTTPRoute whose weights make a share. */
  public static final String ROUTE = "route";

  private static final ParamSpec BY_ROUTE =
      optional(
          ROUTE,
          ParamType.TEXT,
          "by the number of pods",
          "The HTTPRoute (Gateway API) whose weights give a canary its share; then any is possible.");

  private static final ParamSpec WHERE =
      optional(
          NAMESPACE, ParamType.NAMESPACE, "the environment's", "The namespace that it works in.");

  private static final List<ParamSpec> WHAT =
      List.of(
          WHERE,
          required(IMAGE, ParamType.IMAGE, "What to run, by digest: ${image:STEP}."),
          optional(
              REPLICAS,
              ParamType.COUNT,
              "as many as there are, or 1",
              "How many pods; an autoscaler's word is kept."),
          optional(
              DEPLOYMENT,
              ParamType.TEXT,
              "the application",
              "The Deployment that is patched, or made with a Service when there is none."),
          optional(CONTAINER, ParamType.TEXT, "the only one", "The container that runs the image."),
          optional(PORT, ParamType.COUNT, "8080", "The port of a Deployment that is made."),
          optional(
              HEALTH,
              ParamType.TEXT,
              "the port accepts connections",
              "The path that answers 200 when a pod of a Deployment that is made may take"
                  + " traffic."));

  public static final ActionSpec K8S_DEPLOY =
      new ActionSpec(
          "k8s_deploy",
          "Runs an image in a cluster, and waits until every pod is ready and no other is left.",
          WHAT,
          Duration.ofMinutes(5),
          List.of(TEST_RESULT),
          Effect.DEPLOYS);

  public static final ActionSpec K8S_ROLLOUT =
      new ActionSpec(
          "k8s_rollout",
          "Replaces pods step by step; each new one must be ready before an old one goes.",
          Stream.concat(
                  WHAT.stream(),
                  Stream.of(
                      choice(STRATEGY, STRATEGIES, ROLLING, "How traffic moves over."),
                      optional(
                          "maxSurge",
                          ParamType.COUNT,
                          "1",
                          "Pods above the wanted number meanwhile."),
                      optional(
                          "maxUnavailable",
                          ParamType.COUNT,
                          "0",
                          "Pods below the wanted number meanwhile."),
                      optional(
                          STEPS,
                          ParamType.STEPS,
                          null,
                          "Of a canary: `setWeight`, `pause`, `analysis` and `promote`, in order."),
                      BY_ROUTE,
                      optional(
                          CHECKS,
                          ParamType.STEPS,
                          null,
                          "Of blue-green: steps that look at the preview before the switch."),
                      optional(
                          AUTO_PROMOTION,
                          ParamType.FLAG,
                          "true",
                          "Of blue-green: false asks a person before the switch."),
                      optional(
                          SCALE_DOWN_DELAY,
                          ParamType.DURATION,
                          "30s",
                          "Of blue-green: how long the old pods stay after the switch.")))
              .toList(),
          Duration.ofMinutes(10),
          List.of(TEST_RESULT),
          Effect.DEPLOYS);

  public static final ActionSpec K8S_CANARY =
      new ActionSpec(
          "k8s_canary",
          "Runs an image beside what serves, with a share of its traffic; a later `k8s_rollout`"
              + " promotes it.",
          Stream.concat(
                  WHAT.stream(),
                  Stream.of(
                      required(
                          WEIGHT,
                          ParamType.COUNT,
                          "The share of the traffic in percent: of the pods, or of `route`."),
                      BY_ROUTE))
              .toList(),
          Duration.ofMinutes(10),
          List.of(TEST_RESULT),
          Effect.DEPLOYS);

  public static final ActionSpec K8S_PREVIEW =
      new ActionSpec(
          "k8s_preview",
          "Runs an image beside what serves, at full size and without traffic; its output `url` is"
              + " where to look at it.",
          WHAT,
          Duration.ofMinutes(10),
          List.of(TEST_RESULT),
          Effect.DEPLOYS);

  public static final ActionSpec K8S_SWITCH =
      new ActionSpec(
          "k8s_switch",
          "Gives all traffic to the preview at once, while what served before goes on running; a"
              + " later `k8s_rollout` promotes it.",
          WHAT,
          Duration.ofMinutes(10),
          List.of(TEST_RESULT),
          Effect.DEPLOYS);

  public static final ActionSpec K8S_HEALTH_CHECK =
      new ActionSpec(
          "k8s_health_check",
          "Watches every pod over a window: readiness, restarts, events and its health path.",
          List.of(
              WHERE,
              optional("window", ParamType.DURATION, "10s", "How long all must stay healthy."),
              optional("interval", ParamType.DURATION, "500ms", "The wait between two looks."),
              optional(
                  "timeout",
                  ParamType.DURATION,
                  "the window",
                  "How long to go on looking for a window without a fault.")),
          Duration.ofMinutes(3),
          List.of(TEST_RESULT),
          Effect.OBSERVES);

  private static final List<String> ALL =
      Stream.of(K8S_DEPLOY, K8S_ROLLOUT, K8S_CANARY, K8S_PREVIEW, K8S_SWITCH, K8S_HEALTH_CHECK)
          .map(ActionSpec::name)
          .toList();

  private ClusterSpecs() {}

  /** Whether an action leaves a release beside the one that serves, for another to promote. */
  public static boolean isUnfinished(String action) {
    return Stream.of(K8S_CANARY, K8S_PREVIEW, K8S_SWITCH).anyMatch(s -> s.name().equals(action));
  }

  /** Whether an action works on a cluster alone. */
  public static boolean isOne(String action) {
    return ALL.contains(action);
  }
}
