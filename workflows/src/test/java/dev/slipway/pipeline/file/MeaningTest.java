package dev.slipway.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.ActionCatalog;
import dev.slipway.artifact.Digest;
import dev.slipway.evidence.EvidenceKind;
import dev.slipway.pipeline.Check;
import dev.slipway.pipeline.Gate;
import dev.slipway.pipeline.Stage;
import dev.slipway.pipeline.Stage.OnFailure;
import dev.slipway.pipeline.Stage.RetryConfig;
import dev.slipway.pipeline.Step;
import dev.slipway.pipeline.Step.StepRetry;
import dev.slipway.pipeline.Threshold;
import dev.slipway.pipeline.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a valid file means, with every default. */
class MeaningTest {
  private static final String BUILD =
      """
      stages:
      - name: build
        steps:
        - {name: app, action: npm_run_build}
      """;

  @Test
  void aFileOfFourLinesIsEnough() {
    var pipeline = TestFiles.pipeline(BUILD);
    var stage = pipeline.stages().getFirst();
    var step = stage.steps().getFirst();

    assertThat(pipeline.application()).isEqualTo("shop");
    assertThat(stage.onFailure()).isEqualTo(OnFailure.STOP);
    assertThat(stage.retry()).isEqualTo(RetryConfig.NONE);
    assertThat(stage.gate().checks()).isEmpty();
    assertThat(stage.gate().requireApproval()).isFalse();
    assertThat(stage.gate().asksAfterwards()).isFalse();
    assertThat(stage.gate().mode()).isEqualTo(Gate.Mode.ENFORCE);
    assertThat(step.timeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(step.directory()).isEmpty();
    assertThat(step.retry()).isNull();
  }

  @Test
  void theDigestIsThatOfTheBytes() {
    var file = (PipelineFile.Valid) TestFiles.parse(BUILD);

    assertThat(file.digest()).isEqualTo(Digest.of(BUILD.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aFoldersNameBecomesTheApplicationsName() {
    var content = BUILD.getBytes(StandardCharsets.UTF_8);
    var catalog = ActionCatalog.builtIn();

    var file = (PipelineFile.Valid) PipelineFile.parse(content, catalog, "My Shop_2.git");

    assertThat(file.pipeline().application()).isEqualTo("my-shop-2-git");
    assertThat(PipelineFile.parse(content, catalog)).isInstanceOf(PipelineFile.Invalid.class);
    assertThat(PipelineFile.parse(content, catalog, "..."))
        .isInstanceOf(PipelineFile.Invalid.class);
  }

  @Test
  void everyFieldOfAStepIsKept() {
    var step =
        TestFiles.pipeline(
                """
                stages:
                - name: test
                  steps:
                  - name: unit
                    action: run
                    params: {command: [make, "test-${COMMIT_SHA}"], reports: "out/*.xml"}
                    timeout: 90s
                    directory: api/
                    retry: {maxAttempts: 3, interval: 5s, backoff: 1.5}
                    env: {B: 1, A: "${secret:KEY}"}
                """)
            .stages()
            .getFirst()
            .steps()
            .getFirst();

    assertThat(step.timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(step.directory()).isEqualTo("api");
    assertThat(step.retry()).isEqualTo(new StepRetry(3, Duration.ofSeconds(5), 1.5));
    assertThat(step.env()).containsExactly(Map.entry("B", "1"), Map.entry("A", "${secret:KEY}"));
    assertThat(step.params().texts("command")).containsExactly("make", "test-${COMMIT_SHA}");
    assertThat(step.params().texts("reports")).containsExactly("out/*.xml");
  }

  @Test
  void timesAreMillisecondsOrHaveAUnit() {
    var stages =
        TestFiles.pipeline(
                """
                stages:
                - name: build
                  onFailure: retry
                  retryConfig: {maxAttempts: 2, intervalMs: 10000}
                  steps:
                  - {name: a, action: npm_run_build, timeout: 120000}
                  - {name: b, action: npm_run_build, timeout: 30m}
                  - {name: c, action: npm_run_build, timeout: 2h}
                """)
            .stages();

    assertThat(stages.getFirst().retry()).isEqualTo(new RetryConfig(2, Duration.ofSeconds(10)));
    assertThat(stages.getFirst().steps())
        .extracting(Step::timeout)
        .containsExactly(Duration.ofMinutes(2), Duration.ofMinutes(30), Duration.ofHours(2));
  }

  @Test
  void checksAreThoseOfTheFile() {
    var gate =
        TestFiles.pipeline(
                """
                stages:
                - name: test
                  steps: [{name: unit, action: npm_run_test}]
                  gate:
                    checks:
                    - {type: test_result, condition: eq, threshold: pass}
                    - {type: coverage, condition: gte, threshold: 80.5}
                """)
            .stages()
            .getFirst()
            .gate();

    assertThat(gate.checks())
        .containsExactly(
            new Check(EvidenceKind.TEST_RESULT, Check.Condition.EQ, new Threshold.Word("pass")),
            new Check(EvidenceKind.COVERAGE, Check.Condition.GTE, new Threshold.Limit(80.5)));
  }

  @Test
  void stagesAndStepsFollowEachOtherUnlessTheFileSaysOtherwise() {
    var stages =
        TestFiles.pipeline(
                """
                stages:
                - name: last
                  needs: [a, b]
                  steps: [{name: s, action: npm_run_build}]
                - name: a
                  needs: []
                  steps:
                  - {name: s, action: npm_run_build}
                  - {name: t, action: npm_run_build}
                  - {name: u, action: npm_run_build, needs: s}
                - name: b
                  needs: []
                  parallel: true
                  steps:
                  - {name: s, action: npm_run_build}
                  - {name: t, action: npm_run_build}
                  - {name: u, action: npm_run_build, needs: [s, t]}
                """)
            .stages();

    assertThat(stages).extracting(Stage::name).containsExactly("a", "b", "last");
    assertThat(stages)
        .extracting(Stage::needs)
        .containsExactly(List.of(), List.of(), List.of("a", "b"));
    assertThat(stages.get(0).steps())
        .extracting(Step::needs)
        .containsExactly(List.of(), List.of("s"), List.of("s"));
    assertThat(stages.get(1).steps())
        .extracting(Step::needs)
        .containsExactly(List.of(), List.of(), List.of("s", "t"));
  }

  @Test
  void anUnknownActionRunsOnAQueueWithAnyParameters() {
    var step =
        TestFiles.pipeline(
                """
                stages:
                - name: test
                  steps:
                  - name: py
                    action: pytest
                    queue: python-workers
                    params: {paths: [a, b], depth: {max: 3, ratio: 0.5, none: null}, fast: true}
                """)
            .stages()
            .getFirst()
            .steps()
            .getFirst();

    assertThat(step.queue()).isEqualTo("python-workers");
    assertThat(step.params().json())
        .hasToString(
            "{\"paths\":[\"a\",\"b\"],\"depth\":{\"max\":3,\"ratio\":0.5,\"none\":null},"
                + "\"fast\":true}");
  }

  @Test
  void webhooksMayReferToSecrets() {
    assertThat(
            TestFiles.pipeline(
                    """
                    notifications: [{webhook: "https://hooks.example.com/${secret:HOOK}"}]
                    """
                        + BUILD)
                .webhooks())
        .containsExactly(new Webhook("https://hooks.example.com/${secret:HOOK}"));
  }
}
