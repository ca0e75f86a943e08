package dev.slipway.pipeline.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are named, never written, and never shown. */
class SecretRulesTest {
  private static final String CLEAR =
      "this looks like a secret, and everybody who has the repository has it";

  private static String withEnv(String env) {
    return """
    - name: test
      steps: [{name: t, action: npm_run_test, env: {%s}}]
    """
        .formatted(env);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DB_PASSWORD: hunter2",
        "apiKey: abcdef",
        "A: 'postgres://shop:hunter2@db/shop'",
        "A: 'jdbc:postgresql://db/shop?user=a&password=hunter2'",
        "A: ghp_0123456789abcdefghijABCDEFGHIJ",
        "A: AKIAABCDEFGHIJKLMNOP",
        "A: '-----BEGIN RSA PRIVATE KEY-----'",
        "A: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc",
      })
  void aSecretInTheFileIsAWarning(String variable) {
    assertThat(LintFile.problems(withEnv(variable)))
        .singleElement()
        .asString()
        .startsWith("warning stages[1].steps[0].env.")
        .endsWith(CLEAR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DB_PASSWORD: '${secret:DB_PASSWORD}'",
        "DB_PASSWORD: ''",
        "TOKEN_TTL: 1h",
        "USE_TOKEN: 'true'",
        "MAX_TOKEN: '4096'",
        "A: 'postgres://shop:${secret:DB}@db/shop'",
        "A: 'https://example.com:8443/a@b'",
      })
  void whatIsNoSecretIsFine(String variable) {
    assertThat(LintFile.problems(withEnv(variable))).isEmpty();
  }

  @Test
  void secretsOfEnvironmentsAndWebhooksCountToo() {
    assertThat(
            LintFile.problemsOfWhole(
                """
                environments:
                  staging: {database: "jdbc:postgresql://db/shop?password=hunter2"}
                notifications: [{webhook: "https://hooks.example.com/?token=abc"}]
                stages: [{name: build, steps: [{name: build, action: npm_run_build}]}]
                """))
        .containsExactly(
            "warning environments.staging.database: " + CLEAR,
            "warning notifications[0].webhook: " + CLEAR);
  }

  @Test
  void aSecretAmongArgumentsIsAnError() {
    assertThat(
            LintFile.problemsOfWhole(
                """
                environments:
                  staging: {run: {command: [node, "--token=${secret:TOKEN}"]}}
                stages:
                - name: build
                  steps:
                  - {name: login, action: run, params: {command: [login, "${secret:TOKEN}"]}}
                """))
        .containsExactly(
            "environments.staging.run.command[1]: a secret among a command's arguments can be seen"
                + " in the list of processes",
            "stages[0].steps[0].params.command[1]: a secret among a command's arguments can be"
                + " seen in the list of processes");
  }
}
