package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.pipeline.file.TestFiles;
import org.junit.jupiter.api.Test;

class PipelineGraphTest {
  private final PipelineGraph graph =
      new PipelineGraph(
          TestFiles.pipeline(
              """
              stages:
              - name: build
                parallel: true
                steps:
                - {name: a, action: npm_run_build, artifact: app}
                - {name: b, action: npm_run_build}
                - {name: c, action: npm_run_build, needs: a}
              - {name: left, steps: [{name: a, action: npm_run_build}]}
              - {name: right, needs: build, steps: [{name: b, action: npm_run_build}]}
              - {name: both, needs: [left, right], steps: [{name: d, action: npm_run_build}]}
              """));

  @Test
  void stagesAreBeforeWhatNeedsThemInTheEnd() {
    assertThat(graph.isStageBefore("build", "both")).isTrue();
    assertThat(graph.isStageBefore("left", "right")).isFalse();
    assertThat(graph.isStageBefore("both", "build")).isFalse();
    assertThat(graph.isStageBefore("both", "both")).isFalse();
    assertThat(graph.stagesBefore("both"))
        .extracting(Stage::name)
        .containsExactly("build", "left", "right");
  }

  @Test
  void stepsOfAStageAreBeforeWhatNeedsThem() {
    assertThat(graph.isBefore(new StepId("build", "a"), new StepId("build", "c"))).isTrue();
    assertThat(graph.isBefore(new StepId("build", "b"), new StepId("build", "c"))).isFalse();
    assertThat(graph.isBefore(new StepId("build", "b"), new StepId("left", "a"))).isTrue();
  }

  @Test
  void anArtifactIsFoundByItsName() {
    assertThat(graph.keeperOf("app")).contains(new StepId("build", "a"));
    assertThat(graph.keeperOf("web")).isEmpty();
  }

  @Test
  void aStepsNameMeansTheNearestBefore() {
    assertThat(graph.stepBefore(new StepId("build", "c"), "a")).contains(new StepId("build", "a"));
    assertThat(graph.stepBefore(new StepId("both", "d"), "a")).contains(new StepId("left", "a"));
    assertThat(graph.stepBefore(new StepId("right", "b"), "a")).contains(new StepId("build", "a"));
    assertThat(graph.stepBefore(new StepId("build", "a"), "b")).isEmpty();
    assertThat(graph.stepBefore(new StepId("both", "d"), "x")).isEmpty();
  }
}
