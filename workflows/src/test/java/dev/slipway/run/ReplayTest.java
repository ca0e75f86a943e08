package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.environment.EnvironmentWorkflow;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that were begun by earlier code go on with this one. */
class ReplayTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("histories")
  void goesTheSameWay(Path history) throws Exception {
    WorkflowReplayer.replayWorkflowExecution(read(history), Engine.shared().replayer());
  }

  @Test
  void everyEndingIsThere() {
    assertThat(histories())
        .extracting(file -> file.getFileName().toString().replace(".json", ""))
        .contains(
            "succeeded",
            "blocked",
            "rejected",
            "escalated",
            "approved-before-outage-spanned-deadline",
            "approved-after-outage-spanned-deadline",
            "expired-staging-back",
            "expired-staging-moved-on",
            "rolled-back",
            "rollback-failed",
            "cancelled",
            "superseded",
            "rollback-run",
            "rollback-run-searchable",
            "environment",
            "environment-continued",
            "environment-recovered");
  }

  @Test
  void everyWorkflowTypeIsThere() {
    assertThat(histories())
        .extracting(
            file ->
                read(file)
                    .getEvents()
                    .getFirst()
                    .getWorkflowExecutionStartedEventAttributes()
                    .getWorkflowType()
                    .getName())
        .contains("Pipeline", EnvironmentWorkflow.TYPE, "Notification");
  }

  @Test
  void noneIsBigOrSaysWhereItWasRecorded() {
    for (var file : histories()) {
      assertThat(file)
          .content(StandardCharsets.UTF_8)
          .hasSizeLessThan(300_000)
          .doesNotContain(System.getProperty("user.dir"))
          .doesNotContainPattern("\\d@");
    }
  }

  private static WorkflowExecutionHistory read(Path history) {
    try {
      return WorkflowExecutionHistory.fromJson(Files.readString(history));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> histories() {
    return Histories.all();
  }
}
