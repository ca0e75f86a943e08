package dev.slipway.starter.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.run.RunStatus;
import dev.slipway.run.StageState.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldFailuresTest {
  private final ToldFailures told =
      new ToldFailures(
          Samples.run(
              RunStatus.BLOCKED,
              null,
              List.of(),
              Samples.stage("build", null, Status.FAILED, null, Samples.failed("test"))));

  @Test
  void aFailedStepsWordsAreNotSaidAgain() {
    var reason = "build: test: 1 of 42 tests failed: rounds a discount";

    assertThat(told.tell(reason)).isTrue();
    assertThat(told.without(reason)).isEqualTo("build: test");
  }

  @Test
  void otherWordsAre() {
    assertThat(told.tell("build: no report")).isFalse();
    assertThat(told.without("build: no report")).isEqualTo("build: no report");
  }
}
