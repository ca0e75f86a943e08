package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.action.FailureType;
import dev.slipway.action.Params;
import dev.slipway.pipeline.Step;
import dev.slipway.pipeline.Step.StepRetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

class RetryDeciderTest {
  @Example
  void whatPassesByItselfIsTriedFourTimesAndTheWaitsDouble() {
    assertThat(next(null, FailureType.TRANSIENT, 1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(next(null, FailureType.TRANSIENT, 2)).isEqualTo(Duration.ofSeconds(4));
    assertThat(next(null, FailureType.TRANSIENT, 3)).isEqualTo(Duration.ofSeconds(8));
    assertThat(next(null, FailureType.TRANSIENT, 4)).isNull();
  }

  @Property
  void aRedTestAWrongFileAndAStopAreNotTriedAgainByThemselves(@ForAll FailureType failure) {
    var again = next(null, failure, 1) != null;

    assertThat(again)
        .isEqualTo(failure == FailureType.TRANSIENT || failure == FailureType.INFRASTRUCTURE);
  }

  @Property
  void aStepsOwnRetryCountsTriesAndRepeatsOnlyWhatMayBe(
      @ForAll FailureType failure,
      @ForAll @IntRange(min = 1, max = 9) int most,
      @ForAll @IntRange(min = 1, max = 12) int tries) {
    var again = next(new StepRetry(most, Duration.ofSeconds(1), 1), failure, tries) != null;

    assertThat(again).isEqualTo(failure.mayBeRetried() && tries < most);
  }

  @Property
  void waitsGrowByTheBackoffAndAreBounded(
      @ForAll @LongRange(min = 0, max = 86_400_000) long millis,
      @ForAll @DoubleRange(min = 1, max = 1e6) double backoff,
      @ForAll @IntRange(min = 1, max = 98) int tries) {
    var retry = new StepRetry(100, Duration.ofMillis(millis), backoff);

    var wait = next(retry, FailureType.TIMEOUT, tries);
    var later = next(retry, FailureType.TIMEOUT, tries + 1);

    assertThat(wait).isBetween(Duration.ZERO, Duration.ofMinutes(10));
    assertThat(later).isGreaterThanOrEqualTo(wait);
  }

  @Example
  void aBackoffThatIsNoNumberWaitsNotAtAll() {
    var retry = new StepRetry(3, Duration.ofSeconds(1), Double.NaN);

    assertThat(next(retry, FailureType.TIMEOUT, 2)).isEqualTo(Duration.ZERO);
  }

  private static @Nullable Duration next(
      @Nullable StepRetry retry, FailureType failure, int tries) {
    var step =
        new Step(
            "unit",
            "run",
            Effect.NONE,
            Params.none(),
            Duration.ofMinutes(1),
            null,
            List.of(),
            "",
            retry,
            Map.of(),
            null);
    return RetryDecider.nextTry(step, failure, tries).orElse(null);
  }
}
