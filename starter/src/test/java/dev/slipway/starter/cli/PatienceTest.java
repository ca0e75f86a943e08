package dev.slipway.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  private final StringWriter err = new StringWriter();

  @Test
  void aLongWaitIsExplainedAndExplainedAgain() {
    try (var _ = Patience.armed(new PrintWriter(err), "ending it", MILLISECOND, MILLISECOND)) {
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> err.toString().matches("(?s)ending it…\\R.*ending it… 0 s so far\\R.*"));
    }
  }

  @Test
  void aShortOneIsNot() {
    var day = Duration.ofDays(1);
    try (var _ = Patience.armed(new PrintWriter(err), "ending it", day, MILLISECOND)) {
      assertThat(err.toString()).isEmpty();
    }
    assertThat(err.toString()).isEmpty();
  }
}
