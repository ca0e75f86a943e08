package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DesiredCandidateTest {
  private static final Map<String, String> LABELS = Map.of("app", "shop", "tier", "web");

  @Test
  void noSelectorFindsPodsThatStandApart() {
    for (var avoided :
        List.of(
            List.of(Map.of("app", "shop")),
            List.of(Map.of("app", "shop"), Map.of("tier", "web")),
            List.of(LABELS, Map.of("tier", "web")))) {
      var apart = DesiredCandidate.apart(LABELS, avoided);

      assertThat(apart).containsOnlyKeys("app", "tier");
      assertThat(avoided).noneMatch(selector -> Led.matches(selector, apart));
    }
  }

  @Test
  void asFewLabelsAsPossibleChange() {
    assertThat(DesiredCandidate.apart(LABELS, List.of(LABELS, Map.of("tier", "web"))))
        .containsExactlyInAnyOrderEntriesOf(Map.of("app", "shop", "tier", "web-candidate"));
  }

  @Test
  void aSelectorThatFindsNoneChangesNothing() {
    assertThat(DesiredCandidate.apart(LABELS, List.of(Map.of("app", "other"), Map.of())))
        .isEqualTo(LABELS);
  }

  @Test
  void namesAreLegalForAService() {
    assertThat(CandidateMarks.service("shop")).isEqualTo("shop-preview");
    assertThat(CandidateMarks.deployment("shop.web")).isEqualTo("shop-web-candidate");
    assertThat(CandidateMarks.service("a".repeat(63))).hasSize(63).matches("[a-z0-9-]+");
  }
}
