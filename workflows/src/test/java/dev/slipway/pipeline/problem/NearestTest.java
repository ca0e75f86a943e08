package dev.slipway.pipeline.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KNOWN =
      List.of("npm_run_build", "npm_run_test", "run", "deploy", "requireApproval");

  @ParameterizedTest
  @CsvSource({
    "npm_run_biuld, npm_run_build",
    "npm-run-test, npm_run_test",
    "NPM_RUN_TEST, npm_run_test",
    "rum, run",
    "deplyo, deploy",
    "requiresApproval, requireApproval",
  })
  void aSlipIsRecognized(String written, String meant) {
    assertThat(Nearest.to(written, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"docker_build", "x", "helm", "k8s_rollout"})
  void anotherWordIsNotGuessedAt(String written) {
    assertThat(Nearest.to(written, KNOWN)).isEmpty();
  }

  @Test
  void aSwapOfNeighboursIsOneEdit() {
    assertThat(Nearest.edits("biuld", "build")).isEqualTo(1);
    assertThat(Nearest.edits("", "abc")).isEqualTo(3);
    assertThat(Nearest.edits("abc", "abc")).isZero();
    assertThat(Nearest.edits("kitten", "sitting")).isEqualTo(3);
  }
}
