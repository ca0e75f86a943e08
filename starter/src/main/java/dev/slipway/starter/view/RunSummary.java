package dev.slipway.starter.view;

import dev.slipway.approval.Decision;
import dev.slipway.evidence.Coverage;
import dev.slipway.evidence.Evidence;
import dev.slipway.evidence.Findings;
import dev.slipway.evidence.Signature;
import dev.slipway.evidence.TestResult;
import dev.slipway.run.RunState;
import dev.slipway.run.RunStatus;
import dev.slipway.run.StageState;
import dev.slipway.run.StepState;
import dev.slipway.text.Counted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a run ended, short enough to paste into a message. */
public final class RunSummary {
  private final List<String[]> facts = new ArrayList<>();

  private RunSummary() {}

  /**
   * The summary of a run that has ended.
   *
   * @param columns where its lines must end
   */
  public static List<String> lines(RunState run, Paint paint, int columns) {
    var summary = new RunSummary();
    if (run.status() != RunStatus.SUCCEEDED && run.reason() != null) {
      summary.fact("why", run.reason());
    }
    summary.collect(run);
    failed(run)
        .map(StepState::failure)
        .ifPresent(failure -> summary.fact("advice", failure.advice()));
    return summary.lines(run, columns, paint);
  }

  /** The summary where {@link RunNews} stand above it, with each failed step's words. */
  public static List<String> afterNews(RunState run, Paint paint, int columns) {
    var summary = new RunSummary();
    if (run.status() != RunStatus.SUCCEEDED
        && run.reason() != null
        && !new ToldFailures(run).tell(run.reason())) {
      summary.fact("why", run.reason());
    }
    summary.collect(run);
    return summary.lines(run, columns, paint);
  }

  private List<String> lines(RunState run, int columns, Paint paint) {
    failed(run)
        .ifPresent(step -> fact("log", "slipway logs %s %s".formatted(run.id(), step.name())));
    var lines = new ArrayList<String>();
    var end = run.endedAt() == null ? run.startedAt() : run.endedAt();
    lines.add(
        "%s  %s after %s"
            .formatted(
                paint.bold(run.id().toString()),
                RunTree.status(run.status(), paint),
                Times.elapsed(run.startedAt(), end, end)));
    var width = facts.stream().mapToInt(fact -> fact[0].length()).max().orElse(0);
    for (var fact : facts) {
      var name = fact[0];
      for (var line : Wrapping.lines(fact[1], columns - width - 4)) {
        lines.add("  %s  %s".formatted(paint.dim(pad(name, width)), line).stripTrailing());
        name = "";
      }
    }
    return lines;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private void collect(RunState run) {
    if (run.source() != null) {
      fact(
          "commit",
          "%s %s (%s)"
              .formatted(
                  run.source().abbreviatedCommit(), run.source().subject(), run.source().author()));
    }
    for (var stage : run.stages()) {
      fact(stage.name(), stage(stage, run.status()));
    }
    for (var decision : run.decisions()) {
      fact("decided", decision(decision));
    }
    for (var event : run.events()) {
      switch (event.kind()) {
        case RELEASED -> fact("released", event.text());
        case ROLLED_BACK, ROLLBACK_FAILED -> {
          if (!event.text().equals(run.reason())) {
            fact(event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '), event.text());
          }
        }
        case STARTED,
            BLOCKED,
            WAITING,
            DECIDED,
            ESCALATED,
            EXPIRED,
            SUPERSEDED,
            ROLLING_BACK,
            CANCELLED,
            SUCCEEDED,
            NOTE -> {}
      }
    }
  }

  private static Optional<StepState> failed(RunState run) {
    return run.stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .filter(step -> step.status() == StepState.Status.FAILED)
        .findFirst();
  }

  private static String stage(StageState stage, RunStatus end) {
    var word = word(stage.status(), end);
    var took =
        stage.endedAt() == null
            ? ""
            : " in " + Times.elapsed(stage.startedAt(), stage.endedAt(), Instant.EPOCH);
    var evidence = evidence(stage.steps().stream().flatMap(step -> step.evidence().stream()));
    return word
        + (stage.startedAt() == null ? "" : took)
        + (evidence.isEmpty() ? "" : ": " + evidence);
  }

  /** The sum of what tests' reports say; other evidence stands in the step's own line. */
  private static String evidence(Stream<Evidence> all) {
    var tests = new ArrayList<TestResult>();
    var coverages = new ArrayList<Coverage>();
    var scans = new ArrayList<Findings>();
    var signatures = new ArrayList<Signature>();
    all.forEach(
        one -> {
          switch (one) {
            case TestResult result -> {
              if (result.basis() == TestResult.Basis.REPORT) {
                tests.add(result);
              }
            }
            case Coverage coverage -> coverages.add(coverage);
            case Findings findings -> scans.add(findings);
            case Signature signature -> signatures.add(signature);
          }
        });
    var texts = new ArrayList<String>();
    if (!tests.isEmpty()) {
      texts.add(
          "%d passed, %d failed"
              .formatted(
                  tests.stream().mapToInt(TestResult::passed).sum(),
                  tests.stream().mapToInt(TestResult::failed).sum()));
    }
    if (!coverages.isEmpty()) {
      var lines = coverages.stream().mapToLong(Coverage::lines).sum();
      var covered = coverages.stream().mapToLong(Coverage::coveredLines).sum();
      texts.add(new Coverage("all reports", covered, lines).summary() + " covered");
    }
    if (!scans.isEmpty()) {
      texts.add(Counted.of(scans.stream().mapToLong(Findings::total).sum(), "finding"));
    }
    signatures.forEach(signature -> texts.add(signature.summary()));
    return String.join(", ", texts);
  }

  /** Where a run was told to end, or waited too long, nothing has failed. */
  private static String word(StageState.Status stage, RunStatus end) {
    return switch (end) {
      case REJECTED, EXPIRED, CANCELLED, SUPERSEDED ->
          stage == StageState.Status.FAILED ? end.text() : stage.name().toLowerCase(Locale.ROOT);
      case RUNNING,
          WAITING,
          ROLLING_BACK,
          SUCCEEDED,
          BLOCKED,
          ROLLED_BACK,
          ROLLBACK_FAILED,
          INVALID,
          ENGINE_ERROR ->
          stage.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String decision(Decision decision) {
    return "%s by %s%s"
        .formatted(
            decision.answer() == Decision.Answer.APPROVE ? "approved" : "rejected",
            decision.by(),
            decision.comment() == null ? "" : ": " + decision.comment());
  }

  private void fact(String name, String text) {
    facts.add(new String[] {name, text});
  }
}
