package dev.slipway.pipeline.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who is asked, and what evidence counts. */
class GateRulesTest {
  private static final String STAGING =
      """
      - name: staging
        environment: staging
        steps: [{name: deploy, action: deploy, params: {artifact: backend}}]
      """;

  private static String production(String gate) {
    return """
    - name: production
      environment: production
      gate: %s
      steps: [{name: rollout, action: rollout, params: {artifact: backend}}]
    """
        .formatted(gate);
  }

  private static String tests(String gate, String... steps) {
    return "- name: test\n  gate: %s\n  steps: [%s]\n".formatted(gate, String.join(", ", steps));
  }

  private static final String TEST_RESULT =
      "{checks: [{type: test_result, condition: eq, threshold: pass}]}";
  private static final String COVERAGE =
      "{checks: [{type: coverage, condition: gte, threshold: 80}]}";

  @Test
  void productionThatAsksNobodyIsAWarning() {
    assertThat(LintFile.problems(STAGING + production("{requireApproval: false}")))
        .containsExactly(
            "warning stages[2].gate.requireApproval: stage `production` changes production and"
                + " asks nobody");
  }

  @Test
  void productionThatAsksAfterwardsIsAWarning() {
    assertThat(LintFile.problems(STAGING + production("{autoPass: false}")))
        .containsExactly(
            "warning stages[2].gate.autoPass: stage `production` asks only after it has changed"
                + " production");
  }

  @Test
  void anExpiryNeedsSomethingToRollBack() {
    var stage =
        """
        - name: release
          gate: {requireApproval: true, approval: {onExpire: rollback}}
          steps: [{name: build, action: npm_run_build}]
        """;

    assertThat(LintFile.problems(stage))
        .containsExactly(
            "warning stages[1].gate.approval.onExpire: when nobody answers stage `release` there is"
                + " no earlier environment to roll back");
    assertThat(LintFile.problems(STAGING + stage)).isEmpty();
  }

  @Test
  void aQuorumNeedsEnoughPeople() {
    assertThat(LintFile.problems(STAGING + production("{approval: {from: [ada, bob], quorum: 3}}")))
        .containsExactly(
            "stages[2].gate.approval.quorum: stage `production` asks for 3 approvals and names"
                + " fewer people");
  }

  @Test
  void anEscalationComesBeforeTheExpiry() {
    assertThat(
            LintFile.problems(
                STAGING + production("{approval: {escalateTo: ada, escalateAfter: 3h}}")))
        .containsExactly(
            "warning stages[2].gate.approval.escalateAfter: the question of stage `production`"
                + " expires before it is escalated");
  }

  @Test
  void aCheckThatNoStepCanFeedIsAnError() {
    assertThat(LintFile.problems(tests(TEST_RESULT, "{name: b, action: npm_run_build}")))
        .containsExactly(
            "stages[1].gate.checks[0]: no step of stage `test` can give evidence for `test_result"
                + " eq pass`");
  }

  @Test
  void coverageNeedsAReport() {
    assertThat(
            LintFile.problems(tests(COVERAGE, "{name: t, action: run, params: {command: [make]}}")))
        .containsExactly(
            "stages[1].gate.checks[0]: no step of stage `test` can give evidence for `coverage gte"
                + " 80`");
    assertThat(
            LintFile.problems(
                tests(
                    COVERAGE,
                    "{name: t, action: run, params: {command: [make], reports: out/*.xml}}")))
        .isEmpty();
    assertThat(LintFile.problems(tests(COVERAGE, "{name: t, action: npm_run_test}"))).isEmpty();
  }

  @Test
  void aWorkerOfOthersMayFeedWhatThisVersionReads() {
    assertThat(LintFile.problems(tests(COVERAGE, "{name: t, action: pytest, queue: python}")))
        .isEmpty();
    assertThat(
            LintFile.problems(
                tests(
                    "{checks: [{type: security_scan, condition: eq, threshold: clean}]}",
                    "{name: t, action: scan, queue: scanners}")))
        .isEmpty();
  }

  @Test
  void aScanFeedsItsCheck() {
    for (var check :
        new String[] {"condition: eq, threshold: clean", "condition: lte, threshold: 3"}) {
      var gate = "{checks: [{type: security_scan, %s}]}".formatted(check);

      assertThat(LintFile.problems(tests(gate, "{name: s, action: trivy_scan}"))).isEmpty();
      assertThat(LintFile.problems(tests(gate, "{name: t, action: npm_run_test}")))
          .singleElement()
          .asString()
          .contains("can give evidence for `security_scan");
    }
  }

  @Test
  void anExitCodeAsTheOnlyEvidenceIsSaid() {
    var run = "{name: t, action: run, params: {command: [make, test]}}";

    assertThat(LintFile.problems(tests(TEST_RESULT, run)))
        .containsExactly(
            "warning stages[1].gate.checks[0]: the exit code of step `t` is the only evidence: it"
                + " says nothing of how many tests ran");
    assertThat(LintFile.problems(tests(TEST_RESULT, run, "{name: u, action: npm_run_test}")))
        .isEmpty();
  }

  @Test
  void aGateThatCannotFailIsAWarning() {
    assertThat(
            LintFile.problems(
                tests(
                    "{mode: report, checks: [{type: coverage, condition: gte, threshold: 0}]}",
                    "{name: t, action: npm_run_test}")))
        .containsExactly(
            "warning stages[1].gate.mode: a failed check of stage `test` is shown and blocks"
                + " nothing",
            "warning stages[1].gate.checks[0]: `coverage gte 0` is true for every report");
  }
}
