package dev.slipway.starter.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TimesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void aLogsInstantIsShownAsTheTimeOfDay() {
    assertThat(Times.onTheClock("2026-01-05T12:00:08.250Z installing", BERLIN))
        .isEqualTo("13:00:08 installing");
  }

  @Test
  void whatIsNoInstantStaysAsItIs() {
    assertThat(Times.onTheClock("installing at 2026-01-05T12:00:08Z", BERLIN))
        .isEqualTo("installing at 2026-01-05T12:00:08Z");
    assertThat(Times.onTheClock("2026-13-45T12:00:08Z odd", BERLIN))
        .isEqualTo("2026-13-45T12:00:08Z odd");
  }
}
