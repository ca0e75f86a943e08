package dev.slipway.starter.view;

import dev.slipway.action.FailureType;
import dev.slipway.approval.Question;
import dev.slipway.artifact.Digest;
import dev.slipway.evidence.TestResult;
import dev.slipway.evidence.TestResult.Basis;
import dev.slipway.gate.Verdict;
import dev.slipway.gate.Verdict.CheckVerdict;
import dev.slipway.notification.RunEvent;
import dev.slipway.pipeline.RunId;
import dev.slipway.run.RunInput.Deliver;
import dev.slipway.run.RunState;
import dev.slipway.run.RunStatus;
import dev.slipway.run.StageState;
import dev.slipway.run.StepState;
import dev.slipway.source.SourceRef;
import dev.slipway.step.StepFailure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs as they stand at several moments. */
final class Samples {
  static final Instant START = Instant.parse("2026-01-05T12:00:00Z");
  private static final String HASH = "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334";

  private Samples() {}

  static Instant after(long seconds) {
    return START.plusSeconds(seconds);
  }

  static RunState run(
      RunStatus status, @Nullable Question question, List<RunEvent> events, StageState... stages) {
    return new RunState(
        new RunId("shop", 12),
        new Deliver("/shop", HASH, "slipway.yaml"),
        "alex",
        status,
        status == RunStatus.BLOCKED ? "build: 1 of 42 tests failed" : null,
        List.of(),
        new SourceRef(
            "/shop",
            HASH,
            "Add recommendations",
            "Alex <alex@shop.example>",
            Digest.of("tar".getBytes(StandardCharsets.UTF_8))),
        START,
        status.isOutcome() ? after(62) : null,
        List.of(stages),
        question,
        List.of(),
        events);
  }

  static StageState stage(
      String name,
      @Nullable String environment,
      StageState.Status status,
      @Nullable Verdict verdict,
      StepState... steps) {
    return new StageState(
        name,
        environment,
        status,
        1,
        status == StageState.Status.PENDING ? null : START,
        status == StageState.Status.SUCCEEDED || status == StageState.Status.FAILED
            ? after(31)
            : null,
        List.of(steps),
        verdict,
        null);
  }

  static StepState pending(String name) {
    return new StepState(
        name,
        "run",
        StepState.Status.PENDING,
        0,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        null,
        null);
  }

  static StepState running(String name) {
    return new StepState(
        name,
        "run",
        StepState.Status.RUNNING,
        1,
        START,
        null,
        "logs/" + name,
        null,
        List.of(),
        List.of(),
        null,
        null);
  }

  static StepState tested(String name) {
    return new StepState(
        name,
        "npm_run_test",
        StepState.Status.SUCCEEDED,
        1,
        START,
        after(8),
        "logs/" + name,
        "42 passed, 0 failed",
        List.of(new TestResult("junit.xml", Basis.REPORT, 42, 0, 0, List.of())),
        List.of(),
        null,
        null);
  }

  static StepState failed(String name) {
    return new StepState(
        name,
        "npm_run_test",
        StepState.Status.FAILED,
        1,
        START,
        after(8),
        "logs/" + name,
        null,
        List.of(),
        List.of(),
        new StepFailure(
            FailureType.TESTS_FAILED,
            "1 of 42 tests failed: rounds a discount",
            "Mend the test or the code.",
            List.of(),
            List.of("expected 9.99", "but was 10.00"),
            null,
            null),
        null);
  }

  static Verdict verdict(Verdict.Result result, String reason) {
    return new Verdict(
        result == Verdict.Result.PASSED,
        List.of(new CheckVerdict("test_result eq pass", result, reason)));
  }

  static Question question() {
    return new Question(
        "production/1",
        "release a1b2c3d4 to production?",
        List.of("commit a1b2c3d4 Add recommendations", "schema 3 to 4"),
        List.of("grace", "ada"),
        2,
        after(40),
        after(40 + 1800),
        after(40 + 7200),
        List.of());
  }
}
