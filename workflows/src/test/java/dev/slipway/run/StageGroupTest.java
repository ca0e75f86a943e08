package dev.slipway.run;

import static dev.slipway.run.Pipelines.APPROVAL;
import static dev.slipway.run.Pipelines.OPEN;
import static dev.slipway.run.Pipelines.environment;
import static dev.slipway.run.Pipelines.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageGroupTest {
  @Test
  void stagesWithoutAnEnvironmentStandAlone() {
    var groups =
        groups(stage("build", List.of(), null, OPEN), stage("test", List.of("build"), null, OPEN));

    assertThat(groups).extracting(StageGroup::name).containsExactly("build", "test");
    assertThat(groups.getLast().needs()).containsExactly("build");
  }

  @Test
  void consecutiveStagesOfOneEnvironmentShareDecisionAndLock() {
    var groups =
        groups(
            stage("build", List.of(), null, OPEN),
            stage("migrate", List.of("build"), "production", OPEN),
            stage("rollout", List.of("migrate"), "production", APPROVAL));

    assertThat(groups).hasSize(2);
    var production = groups.getLast();
    assertThat(production.stages()).extracting(Stage::name).containsExactly("migrate", "rollout");
    assertThat(production.needs()).containsExactly("build");
    assertThat(production.asking()).isEqualTo(production.stages().getLast());
  }

  @Test
  void aStageThatAlsoNeedsAnotherEnvironmentBeginsAnew() {
    var groups =
        groups(
            stage("staging", List.of(), "staging", OPEN),
            stage("migrate", List.of("staging"), "production", OPEN),
            stage("rollout", List.of("migrate", "staging"), "production", OPEN));

    assertThat(groups).hasSize(3);
  }

  @Test
  void whatJoinsTwoGroupsOfOneEnvironmentGoesOnWithTheLaterOne() {
    var groups =
        groups(
            stage("api", List.of(), "staging", OPEN),
            stage("web", List.of(), "staging", OPEN),
            stage("smoke", List.of("api", "web"), "staging", OPEN));

    assertThat(groups).hasSize(2);
    assertThat(groups.getLast().stages()).extracting(Stage::name).containsExactly("web", "smoke");
    assertThat(groups.getLast().needs()).containsExactly("api");
  }

  @Test
  void noGroupWaitsForALaterOne() {
    var groups =
        groups(
            stage("build", List.of(), null, OPEN),
            stage("staging", List.of("build"), "staging", OPEN),
            stage("report", List.of("staging"), null, OPEN),
            stage("production", List.of("staging"), "production", OPEN),
            stage("smoke", List.of("staging"), "staging", OPEN),
            stage("again", List.of("smoke", "production"), "staging", OPEN));

    for (var at = 0; at < groups.size(); at++) {
      var later = groups.subList(at, groups.size());
      assertThat(groups.get(at).needs())
          .noneMatch(need -> later.stream().anyMatch(g -> g.has(need)));
    }
    assertThat(groups)
        .extracting(StageGroup::name)
        .containsExactly("build", "staging", "report", "production", "again");
  }

  private static List<StageGroup> groups(Stage... stages) {
    return StageGroup.of(
        new Pipeline(
            "shop",
            List.of(environment("staging", null), environment("production", "staging")),
            List.of(stages),
            List.of()));
  }
}
