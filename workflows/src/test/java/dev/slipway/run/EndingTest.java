package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EndingTest {
  @Test
  void anUndoThatFailedOutweighsEverything() {
    for (var first : RunStatus.values()) {
      if (first.isOutcome()) {
        var both = new Ending(first, "a").or(new Ending(RunStatus.ROLLBACK_FAILED, "b"));
        assertThat(both.status()).isEqualTo(RunStatus.ROLLBACK_FAILED);
      }
    }
  }

  @Test
  void anUndoThatWasNeededOutweighsABlock() {
    assertThat(new Ending(RunStatus.BLOCKED, "a").or(new Ending(RunStatus.ROLLED_BACK, "b")))
        .isEqualTo(new Ending(RunStatus.ROLLED_BACK, "b"));
  }

  @Test
  void otherwiseTheFirstCounts() {
    var first = new Ending(RunStatus.EXPIRED, "a");

    assertThat(first.or(new Ending(RunStatus.CANCELLED, "b"))).isEqualTo(first);
    assertThat(first.or(new Ending(RunStatus.ROLLED_BACK, "b"))).isEqualTo(first);
  }

  @Test
  void whatStillRunsIsNoEnding() {
    assertThatThrownBy(() -> new Ending(RunStatus.WAITING, "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
