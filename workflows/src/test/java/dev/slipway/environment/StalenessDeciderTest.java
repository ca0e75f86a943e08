package dev.slipway.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StalenessDeciderTest {
  @Test
  void aCommitThatLosesNothingMayGoLive() {
    assertThat(refusal("a1", true, List.of(), List.of(), null)).isEmpty();
    assertThat(refusal(null, false, List.of(), List.of(), null)).isEmpty();
  }

  @Test
  void liveCommitsThatWouldBeLostAreNamed() {
    assertThat(refusal("a1", true, List.of("a1 Add tax", "a0 Add cart"), List.of(), null))
        .isEqualTo(
            "production already has commits that this one would lose: a1 Add tax; a0 Add cart;"
                + " merge them and run again");
  }

  @Test
  void ofManyLostCommitsTheNewestAreNamedAndTheRestCounted() {
    var lost = IntStream.range(0, 12).mapToObj(each -> "c" + each).toList();

    assertThat(refusal("c0", true, lost, List.of(), null))
        .contains("c0; c1; c2; c3; c4 and 7 more;")
        .doesNotContain("c5");
  }

  @Test
  void whatWasRolledBackStaysRolledBack() {
    assertThat(refusal("a1", true, List.of(), List.of("bad1", "bad2"), null))
        .contains("it contains bad1, bad2, which was rolled back in production")
        .contains("slipway env lift-hold production bad1");
  }

  @Test
  void theEnvironmentBeforeMustHaveHadTheCommit() {
    assertThat(refusal(null, true, List.of(), List.of(), "staging"))
        .isEqualTo("staging must have had this commit before production and has not");
  }

  @Test
  void aLiveCommitThatNobodyKnowsIsNotReplaced() {
    assertThat(refusal("a1", false, List.of(), List.of(), null)).contains("runs commit a1");
  }

  private static String refusal(
      @Nullable String live,
      boolean known,
      List<String> lost,
      List<String> held,
      @Nullable String missingBefore) {
    return StalenessDecider.refusal(
            Examples.PRODUCTION, new StalenessFacts(live, known, lost, held, missingBefore))
        .orElse("");
  }
}
