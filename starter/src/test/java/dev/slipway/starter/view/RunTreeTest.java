package dev.slipway.starter.view;

import static dev.slipway.starter.view.Samples.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.gate.Verdict;
import dev.slipway.run.RunStatus;
import dev.slipway.run.StageState.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunTreeTest {
  @Test
  void aRunningStepShowsItsTimeAndTheLastLineOfItsLog() {
    var run =
        Samples.run(
            RunStatus.RUNNING,
            null,
            List.of(),
            Samples.stage(
                "build",
                null,
                Status.RUNNING,
                null,
                Samples.tested("test"),
                Samples.running("pack")),
            Samples.stage("staging", "staging", Status.PENDING, null, Samples.pending("deploy")));

    assertThat(RunTree.lines(run, after(12), Paint.PLAIN, Map.of("logs/pack", "packing 3 of 7")))
        .containsExactly(
            "shop/12  a1b2c3d4 Add recommendations  running  12s",
            "  ● build  12s",
            "      ✓ test      8.0s  42 passed, 0 failed",
            "      ● pack       12s  packing 3 of 7",
            "  ○ staging");
  }

  @Test
  void aFailedGateShowsItsNumbers() {
    var run =
        Samples.run(
            RunStatus.BLOCKED,
            null,
            List.of(),
            Samples.stage(
                "build",
                null,
                Status.FAILED,
                Samples.verdict(Verdict.Result.FAILED, "41 passed, 1 failed"),
                Samples.failed("test")));

    assertThat(RunTree.lines(run, after(100), Paint.PLAIN, Map.of()))
        .containsExactly(
            "shop/12  a1b2c3d4 Add recommendations  blocked  1m 2s",
            "  build: 1 of 42 tests failed",
            "  ✗ build  31s",
            "      ✗ test    8.0s  1 of 42 tests failed: rounds a discount",
            "      ✗ test_result eq pass: 41 passed, 1 failed");
  }

  @Test
  void aQuestionShowsWhoIsWaitedForAndUntilWhen() {
    var run =
        Samples.run(
            RunStatus.WAITING,
            Samples.question(),
            List.of(),
            Samples.stage("production", "production", Status.WAITING, null));

    assertThat(RunTree.lines(run, after(100), Paint.PLAIN, Map.of()))
        .contains(
            "  ◆ release a1b2c3d4 to production?",
            "      schema 3 to 4",
            "      waiting for grace, ada, since 1m ago; closes in 1h 59m",
            "      0 of 2 have approved",
            "      others are told in 29m",
            "      slipway approve shop/12    slipway reject shop/12");
  }

  @Test
  void coloursAreOnTopOfTheSameText() {
    var run =
        Samples.run(
            RunStatus.RUNNING,
            null,
            List.of(),
            Samples.stage("build", null, Status.RUNNING, null, Samples.tested("test")));

    var coloured = RunTree.lines(run, after(12), Paint.COLOURS, Map.of());

    assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
        .containsExactlyElementsOf(RunTree.lines(run, after(12), Paint.PLAIN, Map.of()));
    assertThat(String.join("", coloured)).contains("\u001b[32m");
  }
}
