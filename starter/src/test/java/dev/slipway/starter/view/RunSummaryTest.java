package dev.slipway.starter.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.notification.RunEvent;
import dev.slipway.notification.RunEvent.Kind;
import dev.slipway.run.RunStatus;
import dev.slipway.run.StageState.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
  @Test
  void aGoodEndNamesCommitEvidenceAndReleases() {
    var run =
        Samples.run(
            RunStatus.SUCCEEDED,
            null,
            List.of(new RunEvent(Samples.after(60), Kind.RELEASED, "production runs release 3")),
            Samples.stage(
                "build",
                null,
                Status.SUCCEEDED,
                null,
                Samples.tested("unit"),
                Samples.tested("web")));

    assertThat(RunSummary.lines(run, Paint.PLAIN, 80))
        .containsExactly(
            "shop/12  succeeded after 1m 2s",
            "  commit    a1b2c3d4 Add recommendations (Alex <alex@shop.example>)",
            "  build     succeeded in 31s: 84 passed, 0 failed",
            "  released  production runs release 3");
  }

  @Test
  void aBadEndSaysWhyAndWhereToLook() {
    var run =
        Samples.run(
            RunStatus.BLOCKED,
            null,
            List.of(),
            Samples.stage("build", null, Status.FAILED, null, Samples.failed("test")));

    assertThat(RunSummary.lines(run, Paint.PLAIN, 80))
        .containsExactly(
            "shop/12  blocked after 1m 2s",
            "  why     build: 1 of 42 tests failed",
            "  commit  a1b2c3d4 Add recommendations (Alex <alex@shop.example>)",
            "  build   failed in 31s",
            "  advice  Mend the test or the code.",
            "  log     slipway logs shop/12 test");
  }

  @Test
  void linesEndAtTheTerminalsEdge() {
    var run =
        Samples.run(
            RunStatus.SUCCEEDED,
            null,
            List.of(
                new RunEvent(
                    Samples.after(60), Kind.RELEASED, "production runs release 3 on 3 replicas")));

    assertThat(RunSummary.lines(run, Paint.COLOURS, 40))
        .allMatch(line -> Paint.width(line) <= 40)
        .last()
        .asString()
        .endsWith("  3 replicas");
  }

  @Test
  void aReasonIsGivenOnce() {
    var run =
        Samples.run(
            RunStatus.BLOCKED,
            null,
            List.of(
                new RunEvent(Samples.after(9), Kind.ROLLED_BACK, "build: 1 of 42 tests failed")));

    assertThat(RunSummary.lines(run, Paint.PLAIN, 80))
        .filteredOn(line -> line.contains("1 of 42 tests failed"))
        .hasSize(1);
  }

  @Test
  void belowTheNewsTheFailedStepsWordsAreNotRepeated() {
    var run =
        Samples.run(
            RunStatus.BLOCKED,
            null,
            List.of(),
            Samples.stage("build", null, Status.FAILED, null, Samples.failed("test")));

    assertThat(RunSummary.afterNews(run, Paint.PLAIN, 80))
        .containsExactly(
            "shop/12  blocked after 1m 2s",
            "  why     build: 1 of 42 tests failed",
            "  commit  a1b2c3d4 Add recommendations (Alex <alex@shop.example>)",
            "  build   failed in 31s",
            "  log     slipway logs shop/12 test");
  }
}
