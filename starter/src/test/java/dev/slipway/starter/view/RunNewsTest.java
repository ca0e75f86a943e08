package dev.slipway.starter.view;

import static dev.slipway.starter.view.Samples.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.gate.Verdict;
import dev.slipway.notification.RunEvent;
import dev.slipway.notification.RunEvent.Kind;
import dev.slipway.run.RunState;
import dev.slipway.run.RunStatus;
import dev.slipway.run.StageState.Status;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunNewsTest {
  private static final RunEvent STARTED = new RunEvent(after(0), Kind.STARTED, "a1b2c3d4 by alex");

  private static List<String> news(@Nullable RunState before, RunState after) {
    return RunNews.lines(before, after, Paint.PLAIN, ZoneOffset.UTC);
  }

  private static RunState working() {
    return Samples.run(
        RunStatus.RUNNING,
        null,
        List.of(STARTED),
        Samples.stage("build", null, Status.RUNNING, null, Samples.running("test")));
  }

  private static RunState blocked() {
    return Samples.run(
        RunStatus.BLOCKED,
        null,
        List.of(STARTED, new RunEvent(after(9), Kind.BLOCKED, "build: 1 of 42 tests failed")),
        Samples.stage(
            "build",
            null,
            Status.FAILED,
            Samples.verdict(Verdict.Result.FAILED, "41 passed, 1 failed"),
            Samples.failed("test")));
  }

  @Test
  void theFirstLookTellsEverything() {
    assertThat(news(null, working()))
        .containsExactly(
            "12:00:00 started: a1b2c3d4 by alex", "12:00:00 build / test: started (run)");
  }

  @Test
  void whatHasNotChangedIsNotToldAgain() {
    assertThat(news(working(), working())).isEmpty();
  }

  @Test
  void aFailureComesWithTheEndOfItsLogAndAdvice() {
    assertThat(news(working(), blocked()))
        .containsExactly(
            "12:00:08 build / test: failed after 8.0s: 1 of 42 tests failed: rounds a discount",
            "    | expected 9.99",
            "    | but was 10.00",
            "    Mend the test or the code.",
            "12:00:08 build: gate: test_result eq pass failed (41 passed, 1 failed)",
            "12:00:09 blocked: build: 1 of 42 tests failed");
  }

  @Test
  void eventsAreToldOnceEvenWhenTheOldestWereDropped() {
    var first = new RunEvent(after(1), Kind.NOTE, "first");
    var second = new RunEvent(after(2), Kind.NOTE, "second");
    var third = new RunEvent(after(3), Kind.NOTE, "third");

    var before = Samples.run(RunStatus.RUNNING, null, List.of(first, second));
    var after = Samples.run(RunStatus.RUNNING, null, List.of(second, third));

    assertThat(news(before, after)).containsExactly("12:00:03 third");
  }
}
