package dev.slipway.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.pipeline.EnvironmentSpec.Target;
import dev.slipway.pipeline.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Environments in a cluster, described or only named by their namespace. */
class ClusterFilesTest {
  private static final String DIGEST = "sha256:" + "a".repeat(64);

  private static String deploys(String params) {
    return "steps: [{name: deploy, action: k8s_deploy, params: {image: \"r.example/shop@%s\"%s}}]"
        .formatted(DIGEST, params.isEmpty() ? "" : ", " + params);
  }

  @Test
  void aNamespaceIsAnEnvironmentThatNobodyNeedDescribe() {
    var pipeline =
        TestFiles.pipeline(
            """
            stages:
            - name: try
              %s
            - name: serve
              %s
            """
                .formatted(deploys("namespace: staging"), deploys("namespace: production")));

    assertThat(pipeline.environments())
        .containsExactly(
            environment("staging", null, "default"),
            environment("production", "staging", "default"));
    assertThat(pipeline.stages())
        .extracting(Stage::environment)
        .containsExactly("staging", "production");
    assertThat(pipeline.stages().getLast().gate().requireApproval()).isTrue();
  }

  private static EnvironmentSpec environment(String name, @Nullable String after, String cluster) {
    return new EnvironmentSpec(
        name, Target.KUBERNETES, null, null, null, after, false, new Namespace(cluster, name));
  }

  @Test
  void aDescribedEnvironmentIsFoundByItsNamespace() {
    var pipeline =
        TestFiles.pipeline(
            """
            environments:
              staging: {target: kubernetes, cluster: office, namespace: shop-staging}
            stages:
            - name: try
              %s
            """
                .formatted(deploys("namespace: shop-staging")));

    assertThat(pipeline.stages().getFirst().environment()).isEqualTo("staging");
    assertThat(pipeline.environments())
        .singleElement()
        .extracting(EnvironmentSpec::kubernetes)
        .isEqualTo(new Namespace("office", "shop-staging"));
  }

  @Test
  void theNamespaceIsTheEnvironmentsNameUnlessItSaysSo() {
    var pipeline =
        TestFiles.pipeline(
            """
            environments: {staging: {target: kubernetes}}
            stages:
            - name: try
              environment: staging
              %s
            """
                .formatted(deploys("")));

    assertThat(pipeline.environments())
        .singleElement()
        .extracting(EnvironmentSpec::kubernetes)
        .isEqualTo(new Namespace("default", "staging"));
  }

  @Test
  void anEnvironmentNamesTheManifestsOfItsReleases() {
    var pipeline =
        TestFiles.pipeline(
            """
            environments: {staging: {target: kubernetes, manifests: deploy/staging}}
            stages:
            - name: try
              environment: staging
              %s
            """
                .formatted(deploys("")));

    assertThat(pipeline.environments())
        .singleElement()
        .extracting(EnvironmentSpec::kubernetes)
        .isEqualTo(new Namespace("default", "staging", "deploy/staging"));
  }

  @Test
  void oneStageChangesOneNamespace() {
    assertThat(
            problems(
                """
                environments: {staging: {target: kubernetes}}
                stages:
                - name: try
                  environment: staging
                  %s
                """
                    .formatted(deploys("namespace: production"))))
        .singleElement()
        .asString()
        .contains("stage `try` works in `staging`, not in `production`");
  }

  @Test
  void twoEnvironmentsHaveTwoNamespaces() {
    assertThat(
            problems(
                """
                environments:
                  one: {target: kubernetes, namespace: shop}
                  two: {target: kubernetes, namespace: shop}
                stages:
                - name: build
                  steps: [{name: a, action: run, params: {command: [make]}}]
                """))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains(
                        "environments `one` and `two` are the same namespace shop of cluster"));
  }

  @Test
  void withoutEnvironmentAndNamespaceNobodyKnowsWhereToDeploy() {
    assertThat(problems("stages: [{name: try, %s}]".formatted(deploys(""))))
        .singleElement()
        .asString()
        .contains("or `namespace: NAME` to the parameters");
  }

  @ParameterizedTest
  @CsvSource({"shop:latest", "shop", "r.example/shop:1.2", "r.example/shop@sha256:abc"})
  void aTagIsNotDeployed(String image) {
    assertThat(
            problems(
                """
                stages:
                - name: try
                  steps: [{name: d, action: k8s_deploy, params: {namespace: s, image: "%s"}}]
                """
                    .formatted(image)))
        .singleElement()
        .asString()
        .contains("is no image by digest", "${image:STEP}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{cluster: office} | `cluster` belongs to another kind of target",
        "{manifests: k8s} | `manifests` belongs to another kind of target",
        "{target: kubernetes, manifests: ../k8s} | a relative path inside the repository",
        "{target: kubernetes, run: {command: [node]}} | `run` belongs to another kind of target",
        "{target: kubernetes, database: embedded} | pods can't reach the embedded database",
        "{target: kubernetes, namespace: Big_One} | a namespace: lower-case letters",
      })
  void partsOfAnotherTargetAreRefused(String environment, String message) {
    assertThat(
            problems(
                """
                environments: {staging: %s}
                stages:
                - name: build
                  steps: [{name: a, action: run, params: {command: [make]}}]
                """
                    .formatted(environment)))
        .anySatisfy(problem -> assertThat(problem).contains(message));
  }

  @ParameterizedTest
  @CsvSource({"k8s_health_check, local, on this machine", "health_check, kubernetes, in a cluster"})
  void anActionWorksOnItsOwnKindOfTarget(String action, String target, String message) {
    assertThat(
            problems(
                """
                environments: {staging: {target: %s%s}}
                stages:
                - name: try
                  environment: staging
                  steps: [{name: look, action: %s}]
                """
                    .formatted(
                        target, target.equals("local") ? ", run: {command: [node]}" : "", action)))
        .anySatisfy(problem -> assertThat(problem).contains(message));
  }

  private static List<String> problems(String text) {
    return TestFiles.problems(text).stream()
        .filter(problem -> !problem.startsWith("warning"))
        .toList();
  }
}
