package dev.slipway.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.pipeline.ApprovalPolicy.OnExpire;
import dev.slipway.pipeline.Gate;
import dev.slipway.pipeline.Pipeline;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who is asked, when, and once. */
class DecisionsTest {
  private static final String ENVIRONMENTS =
      """
      environments:
        staging: {run: {command: [node, s.js]}, database: embedded}
        production: {run: {command: [node, s.js]}, database: embedded, after: staging}
      """;

  private static final String STAGING =
      """
      stages:
      - name: build
        steps: [{name: app, action: npm_run_build, artifact: app}]
      - name: staging
        environment: staging
        steps:
        - {name: migrate, action: db_migrate}
        - {name: deploy, action: deploy, params: {artifact: app}}
      """;

  private static Pipeline pipeline(String stages) {
    return TestFiles.pipeline(ENVIRONMENTS + STAGING + stages);
  }

  private static Gate gate(Pipeline pipeline, String stage) {
    return pipeline.stage(stage).orElseThrow().gate();
  }

  private static String stage(String name, String gate, String step) {
    return """
    - name: %s
      environment: production
      gate: %s
      steps: [%s]
    """
        .formatted(name, gate, step);
  }

  private static final String MIGRATE = "{name: m, action: db_migrate}";
  private static final String ROLLOUT = "{name: r, action: rollout, params: {artifact: app}}";

  @Test
  void productionAsksByDefault() {
    assertThat(gate(pipeline(stage("release", "{}", ROLLOUT)), "release").requireApproval())
        .isTrue();
  }

  @Test
  void aStageNamedProductionAsksWithoutAnEnvironmentToo() {
    var pipeline =
        TestFiles.pipeline(
            "stages: [{name: production, steps: [{name: a, action: npm_run_build}]}]");

    assertThat(gate(pipeline, "production").requireApproval()).isTrue();
    assertThat(gate(pipeline, "production").approval().onExpire()).isEqualTo(OnExpire.KEEP);
  }

  @Test
  void productionDoesNotAskWhenTheFileSaysNo() {
    var pipeline = pipeline(stage("release", "{requireApproval: false}", ROLLOUT));

    assertThat(gate(pipeline, "release").requireApproval()).isFalse();
  }

  @Test
  void productionAsksAfterwardsWhenTheFileSaysSo() {
    var gate = gate(pipeline(stage("release", "{autoPass: false}", ROLLOUT)), "release");

    assertThat(gate.requireApproval()).isFalse();
    assertThat(gate.asksAfterwards()).isTrue();
  }

  @Test
  void stagesOfOneEnvironmentShareTheFirstOnesDecision() {
    var pipeline = pipeline(stage("schema", "{}", MIGRATE) + stage("release", "{}", ROLLOUT));

    assertThat(gate(pipeline, "schema").requireApproval()).isTrue();
    assertThat(gate(pipeline, "release").requireApproval()).isFalse();
    assertThat(pipeline.continuesEnvironment(pipeline.stage("release").orElseThrow())).isTrue();
    assertThat(pipeline.continuesEnvironment(pipeline.stage("schema").orElseThrow())).isFalse();
  }

  @Test
  void aLaterStagesQuestionIsAskedBeforeAnythingChanges() {
    var pipeline =
        pipeline(
            stage("schema", "{requireApproval: false}", MIGRATE)
                + stage(
                    "release",
                    "{requireApproval: true, approval: {from: ada, expireAfter: 1h}}",
                    ROLLOUT));

    assertThat(gate(pipeline, "schema").requireApproval()).isTrue();
    assertThat(gate(pipeline, "schema").approval().from()).containsExactly("ada");
    assertThat(gate(pipeline, "schema").approval().expireAfter()).isEqualTo(Duration.ofHours(1));
    assertThat(gate(pipeline, "release").requireApproval()).isFalse();
  }

  @Test
  void theFilesApprovalsFillInWhatAGateLeavesOpen() {
    var pipeline =
        TestFiles.pipeline(
            """
            approvals: {from: [ada, bob], quorum: 2, notTheAuthor: true, expireAfter: 4h}
            """
                + ENVIRONMENTS
                + STAGING
                + stage("release", "{approval: {quorum: 1, escalateTo: [eve]}}", ROLLOUT));

    var policy = gate(pipeline, "release").approval();
    assertThat(policy.from()).containsExactly("ada", "bob");
    assertThat(policy.quorum()).isEqualTo(1);
    assertThat(policy.notTheAuthor()).isTrue();
    assertThat(policy.escalateTo()).containsExactly("eve");
    assertThat(policy.escalateAfter()).isEqualTo(Duration.ofMinutes(30));
    assertThat(policy.expireAfter()).isEqualTo(Duration.ofHours(4));
  }

  @Test
  void anExpiryRollsBackWhereSomethingCanBe() {
    assertThat(gate(pipeline(stage("release", "{}", ROLLOUT)), "release").approval().onExpire())
        .isEqualTo(OnExpire.ROLLBACK);
    assertThat(
            gate(pipeline(stage("release", "{approval: {onExpire: keep}}", ROLLOUT)), "release")
                .approval()
                .onExpire())
        .isEqualTo(OnExpire.KEEP);
  }
}
