package dev.slipway.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "90s, PT1M30S",
    "30m, PT30M",
    "2h, PT2H",
    "7d, P7D",
    "' 2h ', PT2H",
    "0s, PT0S",
    "999999999d, PT23999999976H"
  })
  void readsTimes(String text, Duration time) {
    assertThat(Durations.parse(text)).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "s", "-5s", "1.5h", "5 s", "5S", "1h30m", "9999999999s", "٣s", "five"})
  void anythingElseIsNoTime(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0.0s",
    "PT0.44S, 0.4s",
    "PT9.9S, 9.9s",
    "PT12S, 12s",
    "PT59.9S, 59s",
    "PT1M, 1m",
    "PT3M20S, 3m 20s",
    "PT2H, 2h",
    "PT2H5M59S, 2h 5m",
    "P3DT4H, 3d 4h",
    "P400D, 400d"
  })
  void writesTimes(Duration time, String text) {
    assertThat(Durations.text(time)).isEqualTo(text);
  }

  @Property
  void whatHasOneUnitIsReadAgain(@ForAll @LongRange(min = 1, max = 59) long amount) {
    for (var time : new Duration[] {Duration.ofMinutes(amount), Duration.ofDays(amount)}) {
      assertThat(Durations.parse(Durations.text(time))).contains(time);
    }
  }
}
