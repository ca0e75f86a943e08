package dev.slipway.starter.view;

import dev.slipway.approval.Decision;
import dev.slipway.evidence.Evidence;
import dev.slipway.run.RunState;
import dev.slipway.run.RunStatus;
import dev.slipway.run.StageState;
import dev.slipway.run.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a run ended, short enough to paste into a message. */
public final class RunSummary {
  private final List<String[]> facts = new ArrayList<>();

  private RunSummary() {}

  /** The summary of a run that has ended. */
  public static List<String> lines(RunState run, Paint paint) {
    var summary = new RunSummary();
    summary.collect(run);
    var lines = new ArrayList<String>();
    var end = run.endedAt() == null ? run.startedAt() : run.endedAt();
    lines.add(
        "%s  %s after %s"
            .formatted(
                paint.bold(run.id().toString()),
                RunTree.status(run.status(), paint),
                Times.elapsed(run.startedAt(), end, end)));
    var width = summary.facts.stream().mapToInt(fact -> fact[0].length()).max().orElse(0);
    for (var fact : summary.facts) {
      lines.add("  %s  %s".formatted(paint.dim(pad(fact[0], width)), fact[1]));
    }
    return lines;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private void collect(RunState run) {
    if (run.status() != RunStatus.SUCCEEDED && run.reason() != null) {
      fact("why", run.reason());
    }
    if (run.source() != null) {
      fact(
          "commit",
          "%s %s (%s)"
              .formatted(
                  run.source().abbreviatedCommit(), run.source().subject(), run.source().author()));
    }
    for (var stage : run.stages()) {
      fact(stage.name(), stage(stage));
    }
    for (var decision : run.decisions()) {
      fact("decided", decision(decision));
    }
    for (var event : run.events()) {
      switch (event.kind()) {
        case RELEASED -> fact("released", event.text());
        case ROLLED_BACK, ROLLBACK_FAILED ->
            fact(event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '), event.text());
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
    failed(run)
        .ifPresent(
            step -> {
              if (step.failure() != null) {
                fact("advice", step.failure().advice());
              }
              fact("log", "slipway logs %s %s".formatted(run.id(), step.name()));
            });
  }

  private static Optional<StepState> failed(RunState run) {
    return run.stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .filter(step -> step.status() == StepState.Status.FAILED)
        .findFirst();
  }

  private static String stage(StageState stage) {
    var word = stage.status().name().toLowerCase(Locale.ROOT);
    var took =
        stage.endedAt() == null
            ? ""
            : " in " + Times.elapsed(stage.startedAt(), stage.endedAt(), Instant.EPOCH);
    var evidence =
        stage.steps().stream()
            .flatMap(step -> step.evidence().stream())
            .map(Evidence::summary)
            .distinct()
            .collect(Collectors.joining("; "));
    return word
        + (stage.startedAt() == null ? "" : took)
        + (evidence.isEmpty() ? "" : ": " + evidence)
        + (stage.note() == null ? "" : "; " + stage.note());
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
