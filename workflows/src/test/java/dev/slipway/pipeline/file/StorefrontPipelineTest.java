package dev.slipway.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.json.Json;
import dev.slipway.pipeline.ApprovalPolicy.OnExpire;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Stage;
import dev.slipway.pipeline.Step;
import org.junit.jupiter.api.Test;

/** A whole file of a real application. */
class StorefrontPipelineTest {
  private final Pipeline pipeline = TestFiles.pipeline(TestFiles.text("storefront.yaml"));

  @Test
  void aRealFileHasNoProblems() {
    assertThat(TestFiles.problems(TestFiles.text("storefront.yaml"))).isEmpty();
  }

  @Test
  void stagesFollowEachOtherAndParallelStepsDoNot() {
    assertThat(pipeline.stages())
        .extracting(Stage::name)
        .containsExactly("build", "test", "staging", "production");
    assertThat(pipeline.stages().get(1).needs()).containsExactly("build");
    assertThat(pipeline.stages().getFirst().steps()).allMatch(step -> step.needs().isEmpty());
    assertThat(pipeline.stages().get(2).steps())
        .extracting(Step::needs)
        .map(needs -> String.join(",", needs))
        .containsExactly("", "migrate", "deploy", "publish");
  }

  @Test
  void productionAsksFirstAndExpiresIntoStaging() {
    var gate = pipeline.stages().getLast().gate();

    assertThat(gate.requireApproval()).isTrue();
    assertThat(gate.approval().onExpire()).isEqualTo(OnExpire.ROLLBACK);
  }

  @Test
  void aFrozenPipelineComesBackFromJsonTheSame() {
    assertThat(Json.read(Json.bytes(pipeline), Pipeline.class)).isEqualTo(pipeline);
  }
}
