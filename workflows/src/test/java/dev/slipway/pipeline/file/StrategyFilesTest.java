package dev.slipway.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.pipeline.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Release strategies: what a rollout is written out to. */
class StrategyFilesTest {
  private static final String IMAGE = "image: \"r.example/shop@sha256:" + "a".repeat(64) + "\"";

  private static String file(String params) {
    return """
        environments: {staging: {target: kubernetes}}
        stages:
        - name: serve
          environment: staging
          steps:
          - name: deploy
            action: k8s_rollout
            timeout: 4m
            params:
              %s
              health: /ready
        %s
          - {name: look, action: k8s_health_check}
        """
        .formatted(IMAGE, params.indent(6).stripTrailing());
  }

  private static List<Step> steps(String params) {
    return TestFiles.pipeline(file(params)).stages().getFirst().steps();
  }

  private static List<String> problems(String params) {
    return TestFiles.parse(file(params)).problems().stream()
        .map(problem -> problem.path() + ": " + problem.message())
        .toList();
  }

  @Test
  void aCanaryIsStepsLikeAnyOthers() {
    var steps =
        steps(
            """
            replicas: 4
            strategy: canary
            steps:
            - setWeight: 25
            - pause: 10m
            - analysis: {action: k8s_health_check, params: {window: 20s}}
            - setWeight: 50
            - analysis: {name: orders, action: http_check, params: {url: "http://shop/orders"}}
            - pause
            - promote
            """);

    assertThat(steps)
        .extracting(Step::name, Step::action)
        .containsExactly(
            tuple("deploy-1-weight-25", "k8s_canary"),
            tuple("deploy-2-pause", "pause"),
            tuple("deploy-3-analysis", "k8s_health_check"),
            tuple("deploy-4-weight-50", "k8s_canary"),
            tuple("orders", "http_check"),
            tuple("deploy-6-pause", "pause"),
            tuple("deploy", "k8s_rollout"),
            tuple("look", "k8s_health_check"));
    var canary = steps.getFirst();
    assertThat(canary.effect()).isEqualTo(Effect.DEPLOYS);
    assertThat(canary.timeout()).hasMinutes(4);
    assertThat(canary.params().count("weight", 0)).isEqualTo(25);
    assertThat(canary.params().text("health")).contains("/ready");
    assertThat(canary.params().json().has("strategy")).isFalse();
    assertThat(steps.get(1).params().json()).hasToString("{\"for\":600000}");
    assertThat(steps.get(5).params().json()).hasToString("{}");
    for (var at = 1; at < steps.size(); at++) {
      assertThat(steps.get(at).needs()).containsExactly(steps.get(at - 1).name());
    }
  }

  @Test
  void blueGreenLooksAtAPreviewSwitchesAndKeepsTheOldForAWhile() {
    var steps =
        steps(
            """
            strategy: blue-green
            autoPromotion: false
            scaleDownDelay: 45s
            checks:
            - {action: http_check, params: {url: "${output:deploy-preview.url}/orders"}}
            """);

    assertThat(steps)
        .extracting(Step::name, Step::action)
        .containsExactly(
            tuple("deploy-preview", "k8s_preview"),
            tuple("deploy-check-1", "http_check"),
            tuple("deploy-ask", "pause"),
            tuple("deploy-switch", "k8s_switch"),
            tuple("deploy-keep", "pause"),
            tuple("deploy", "k8s_rollout"),
            tuple("look", "k8s_health_check"));
    assertThat(steps.get(4).params().json()).hasToString("{\"for\":45000}");
  }

  @Test
  void blueGreenAsksNobodyAndKeepsTheOldFor30sUnlessItIsTold() {
    assertThat(steps("strategy: blue-green"))
        .extracting(Step::name)
        .containsExactly("deploy-preview", "deploy-switch", "deploy-keep", "deploy", "look");
    assertThat(steps("strategy: blue-green\nscaleDownDelay: 0"))
        .extracting(Step::name)
        .containsExactly("deploy-preview", "deploy-switch", "deploy", "look");
  }

  @Test
  void aWeightThatTheReplicasCantExpressIsRefused() {
    var file =
        file(
            """
            replicas: 3
            strategy: canary
            steps: [{setWeight: 50}, promote]
            """);

    assertThat(TestFiles.parse(file).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.message())
                  .isEqualTo("50 percent of 3 replicas is no whole number of pods");
              assertThat(problem.suggestion()).contains("3 replicas can have 33, 67 percent");
              assertThat(problem.path()).isEqualTo("stages[0].steps[0].params.steps[0].setWeight");
            });
    assertThat(problems("replicas: 3\nstrategy: canary\nsteps: [{setWeight: 33}]")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          strategy: canary                                     | a canary needs `steps`
          strategy: canary, steps: []                          | `steps` is an empty list
          strategy: canary, steps: [promote]                   | a canary without `setWeight` gets no traffic
          strategy: canary, steps: [{setWeight: 100}]          | `setWeight` must be a whole number from 1 to 99, not `100`
          strategy: canary, steps: [setWeight]                 | `setWeight` needs a value
          strategy: canary, steps: [{setWeight: }, promote]    | `setWeight` needs a value
          strategy: canary, steps: [{setWeight: 20}, {analysis: }] | `analysis` needs a value
          strategy: canary, steps: [{setWeight: 20}, {promote: false}] | `promote` takes no value
          strategy: canary, steps: [{setWeight: 20}, {analysis: {action: k8s_health_check, needs: x}}] | a step of a strategy waits for the one before it
          strategy: blue-green, route: web                     | `route` belongs to `strategy: canary`, and this is `blue-green`
          strategy: blue-green, scaleDownDelay: 2d             | the old pods stay for a day at most
          replicas: 2147483647, strategy: canary, steps: [{setWeight: 120}] | `setWeight` must be a whole number from 1 to 99
          strategy: canary, steps: [{setWeigth: 20}]           | a canary has no step `setWeigth`
          strategy: canary, steps: [{setWeight: 20, pause: 1m}] | a step of a canary is one of
          strategy: canary, steps: [{pause: 1m}, {setWeight: 20}] | a pause before the first weight has nothing to look at
          strategy: canary, steps: [promote, {setWeight: 20}]  | `promote` is the last step of a canary
          strategy: canary, steps: [{setWeight: 20}, {analysis: {action: k8s_deploy}}] | `k8s_deploy` changes the environment
          strategy: canary, steps: [{setWeight: 20}, {analysis: {action: http_check}}] | `http_check` needs the parameter `url`
          strategy: canary, steps: [{setWeight: 20}, {pause: {until: 1m}}] | unknown field `until`
          strategy: canary, steps: [{setWeight: 20}], checks: [] | `checks` belongs to `strategy: blue-green`, and this is `canary`
          strategy: blue-green, steps: [{setWeight: 20}]       | `steps` belongs to `strategy: canary`
          scaleDownDelay: 10s                                  | `scaleDownDelay` belongs to `strategy: blue-green`, and this is `rolling`
          strategy: recreate                                   | `strategy` must be `rolling`, `canary` or `blue-green`
          """)
  void whatIsNoStrategyIsRefused(String params, String message) {
    assertThat(problemsOfOneLine("{" + params + "}"))
        .anyMatch(problem -> problem.contains(message));
  }

  /** Of parameters on one line. */
  private static List<String> problemsOfOneLine(String params) {
    var file =
        """
        environments: {staging: {target: kubernetes}}
        stages:
        - name: serve
          environment: staging
          steps:
          - name: deploy
            action: k8s_rollout
            params: %s
        """
            .formatted(params.replaceFirst("\\{", "{" + IMAGE + ", "));
    return TestFiles.parse(file).problems().stream().map(problem -> problem.message()).toList();
  }

  @Test
  void aNameThatItsStepsMakeTooLongIsRefused() {
    var long60 = "d".repeat(60);
    var text = file("strategy: blue-green").replace("name: deploy", "name: " + long60);

    assertThat(TestFiles.parse(text).problems())
        .anyMatch(problem -> problem.message().contains("would have a name of 68 letters"));
  }

  @Test
  void anImageThatIsPushedNowhereIsNotDeployed() {
    var file =
        """
        registry: localhost:5000
        environments: {staging: {target: kubernetes}}
        stages:
        - name: build
          steps: [{name: image, action: docker_build, params: {%s}}]
        - name: serve
          environment: staging
          steps: [{name: deploy, action: k8s_deploy, params: {image: "${image:image}"}}]
        """;

    assertThat(TestFiles.parse(file.formatted("push: true")).problems()).isEmpty();
    assertThat(TestFiles.parse(file.formatted("push: false")).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("stages[1].steps[0].params.image");
              assertThat(problem.message())
                  .isEqualTo(
                      "step `deploy` runs the image of step `image` in a cluster, and that step"
                          + " pushes it nowhere");
            });
  }

  @Test
  void anEnvironmentWithManifestsHasNoCandidate() {
    var text =
        file("strategy: blue-green")
            .replace("{target: kubernetes}", "{target: kubernetes, manifests: deploy}");

    assertThat(TestFiles.parse(text).problems())
        .extracting(problem -> problem.message())
        .containsExactly(
            "environment `staging` is described by manifests, which a candidate would share");
  }

  @Test
  void aCandidateThatNobodyPromotesIsHalfARelease() {
    var file =
        """
        environments: {staging: {target: kubernetes}}
        stages:
        - name: serve
          environment: staging
          steps:
          - {name: try, action: k8s_canary, params: {%s, weight: 25}}
        """
            .formatted(IMAGE);

    assertThat(TestFiles.parse(file).problems())
        .singleElement()
        .extracting(problem -> problem.message())
        .isEqualTo("no step after `try` promotes what it runs beside the release that serves");
  }

  @Test
  void aRouteCanGiveAnyShareWhateverTheReplicas() {
    var canary =
        steps("replicas: 2\nstrategy: canary\nroute: web\nsteps: [{setWeight: 1}, promote]")
            .getFirst();

    assertThat(canary.params().text("route")).contains("web");
    assertThat(canary.params().count("weight", 0)).isEqualTo(1);
  }
}
