package dev.slipway.pipeline.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who signs what, and when somebody looks. */
class SignatureRulesTest {
  private static final String IMAGE = "{name: image, action: docker_build, params: {push: true}}";

  private static final String SIGN =
      "{name: sign, action: sign, params: {image: '${image:image}', key: '${secret:KEY}'}}";

  private static String verify(String image) {
    return "{name: verify, action: verify_signature, params: {image: '%s', publicKey: cosign.pub}}"
        .formatted(image);
  }

  private static String deploy(String image) {
    return "{name: deploy, action: k8s_deploy, params: {namespace: staging, image: '%s'}}"
        .formatted(image);
  }

  /** A file whose stages have these steps. */
  private static String file(String build, String staging) {
    return """
    application: shop
    registry: localhost:5000
    stages:
    - name: build
      steps: [%s]
      %s
    - name: staging
      steps: [%s]
    """
        .formatted(
            build,
            build.contains("verify_signature")
                ? "gate: {checks: [{type: signature, condition: eq, threshold: valid}]}"
                : "",
            staging);
  }

  private static String steps(String... steps) {
    return String.join(", ", steps);
  }

  @Test
  void whatIsVerifiedBeforeItIsDeployedIsRight() {
    assertThat(
            LintFile.problemsOfWhole(
                file(steps(IMAGE, SIGN, verify("${image:image}")), deploy("${DOCKER_IMAGE}"))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"${image:image}", "${DOCKER_IMAGE}"})
  void verifyingAfterTheDeploymentIsAWarning(String image) {
    assertThat(
            LintFile.problemsOfWhole(
                file(steps(IMAGE, SIGN), steps(deploy("${image:image}"), verify(image)))))
        .containsExactly(
            "warning stages[1].steps[1].action: step `verify` verifies the image after step"
                + " `deploy` deploys it");
  }

  @Test
  void anotherImageMayBeVerifiedAnyTime() {
    assertThat(
            LintFile.problemsOfWhole(
                file(
                    steps(IMAGE, SIGN),
                    steps(
                        deploy("${image:image}"),
                        verify("localhost:5000/base@sha256:" + "a".repeat(64))))))
        .isEmpty();
  }

  @Test
  void aCheckNeedsAVerification() {
    var stage =
        """
        - name: signed
          gate: {checks: [{type: signature, condition: eq, threshold: valid}]}
          steps: [{name: t, action: npm_run_test}]
        """;

    assertThat(LintFile.problems(stage))
        .containsExactly(
            "stages[1].gate.checks[0]: no step of stage `signed` can give evidence for `signature eq"
                + " valid`");
  }

  @Test
  void theKeyIsASecret() {
    var sign =
        "{name: sign, action: sign, params: {image: '${image:image}', key: cosign.key, keyPassword:"
            + " x1}}";

    assertThat(LintFile.problemsOfWhole(file(steps(IMAGE, sign), deploy("${DOCKER_IMAGE}"))))
        .contains(
            "stages[0].steps[1].params.key: what signs must be a secret of the worker, and this"
                + " stands in the repository",
            "stages[0].steps[1].params.keyPassword: what signs must be a secret of the worker, and"
                + " this stands in the repository");
  }

  @Test
  void aRunSignsOnlyWhatItBuilt() {
    var sign =
        "{name: sign, action: sign, params: {image: 'localhost:5000/base@sha256:%s', key:"
                .formatted("a".repeat(64))
            + " '${secret:KEY}'}}";

    assertThat(LintFile.problemsOfWhole(file(steps(IMAGE, sign), deploy("${DOCKER_IMAGE}"))))
        .containsExactly(
            "stages[0].steps[1].params.image: this image was there before the run, and its signature"
                + " would say that the run made it");
  }
}
