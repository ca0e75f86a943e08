package dev.slipway.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StalenessDeciderTest {
  @Test
  void aCommitThatLosesNothingMayGoLive() {
    assertThat(refusal("a1", true, List.of(), List.of())).isEmpty();
    assertThat(refusal(null, false, List.of(), List.of())).isEmpty();
  }

  @Test
  void liveCommitsThatWouldBeLostAreNamed() {
    assertThat(refusal("a1", true, List.of("a1 Add tax", "a0 Add cart"), List.of()))
        .isEqualTo(
            "production already has commits that this one would lose: a1 Add tax; a0 Add cart;"
                + " merge them and run again");
  }

  @Test
  void ofManyLostCommitsTheNewestAreNamedAndTheRestCounted() {
    var lost = IntStream.range(0, 12).mapToObj(each -> "c" + each).toList();

    assertThat(refusal("c0", true, lost, List.of()))
        .contains("c0; c1; c2; c3; c4 and 7 more;")
        .doesNotContain("c5");
  }

  @Test
  void whatWasRolledBackStaysRolledBack() {
    assertThat(refusal("a1", true, List.of(), List.of("bad1", "bad2")))
        .contains("it contains bad1, bad2, which was rolled back in production")
        .contains("slipway env lift-hold production bad1");
  }

  @Test
  void theEnvironmentBeforeMustHaveHadTheCommit() {
    assertThat(missing(null))
        .isEqualTo(
            "staging must have had this commit before production, and it was never released"
                + " there");
  }

  @Test
  void whatTheEnvironmentBeforeHadAndLostDoesNotCountAndIsNamed() {
    assertThat(missing("release 3, which was rejected in run 7"))
        .isEqualTo(
            "staging must have had this commit before production, and had it only as release 3,"
                + " which was rejected in run 7; release it there again");
  }

  @Test
  void aLiveCommitThatNobodyKnowsIsNotReplaced() {
    assertThat(refusal("a1", false, List.of(), List.of())).contains("runs commit a1");
  }

  private static String refusal(
      @Nullable String live, boolean known, List<String> lost, List<String> held) {
    return refusal(new StalenessFacts(live, known, lost, held, null, null));
  }

  private static String missing(@Nullable String noLongerGood) {
    return refusal(new StalenessFacts(null, true, List.of(), List.of(), "staging", noLongerGood));
  }

  private static String refusal(StalenessFacts facts) {
    return StalenessDecider.refusal(Examples.PRODUCTION, facts).orElse("");
  }
}
