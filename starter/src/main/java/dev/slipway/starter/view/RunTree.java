package dev.slipway.starter.view;

import dev.slipway.approval.Question;
import dev.slipway.gate.Verdict;
import dev.slipway.run.RunInput;
import dev.slipway.run.RunState;
import dev.slipway.run.RunStatus;
import dev.slipway.run.StageState;
import dev.slipway.run.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A run as a tree of stages and steps, as it stands at a moment. */
public final class RunTree {
  private final ToldFailures told;
  private final Paint paint;
  private final Instant now;
  private final Map<String, String> progress;
  private final List<String> lines = new ArrayList<>();

  private RunTree(ToldFailures told, Paint paint, Instant now, Map<String, String> progress) {
    this.told = told;
    this.paint = paint;
    this.now = now;
    this.progress = progress;
  }

  /**
   * The tree's lines, as long as they come.
   *
   * @param progress the last line of each log, by the log's name
   */
  public static List<String> lines(
      RunState run, Instant now, Paint paint, Map<String, String> progress) {
    var tree = new RunTree(new ToldFailures(run), paint, now, progress);
    tree.head(run);
    var names = nameWidth(run);
    run.stages().forEach(stage -> tree.stage(stage, names));
    run.problems().forEach(problem -> tree.lines.add("  " + problem));
    if (run.question() != null) {
      tree.question(run, run.question());
    }
    return List.copyOf(tree.lines);
  }

  private static int nameWidth(RunState run) {
    return run.stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .mapToInt(step -> step.name().length())
        .max()
        .orElse(0);
  }

  private void head(RunState run) {
    var what =
        switch (run.kind()) {
          case RunInput.Deliver deliver -> subject(run, deliver);
          case RunInput.Rollback rollback ->
              "rollback of %s%s"
                  .formatted(
                      rollback.environment().name(),
                      rollback.to() == null ? "" : " to release " + rollback.to());
        };
    lines.add(
        "%s  %s  %s  %s"
            .formatted(
                paint.bold(run.id().toString()),
                what,
                status(run.status(), paint),
                Times.elapsed(run.startedAt(), run.endedAt(), now)));
    if (run.reason() != null && !told.tell(run.reason())) {
      lines.add("  " + run.reason());
    }
  }

  private String subject(RunState run, RunInput.Deliver deliver) {
    return run.source() == null
        ? "%.8s".formatted(deliver.commit())
        : run.source().abbreviatedCommit() + " " + run.source().subject();
  }

  /** The status in its colour. */
  public static String status(RunStatus status, Paint paint) {
    return switch (status) {
      case RUNNING -> paint.cyan(status.text());
      case WAITING, ROLLING_BACK -> paint.yellow(status.text());
      case SUCCEEDED -> paint.green(status.text());
      case BLOCKED,
          REJECTED,
          EXPIRED,
          ROLLED_BACK,
          ROLLBACK_FAILED,
          CANCELLED,
          SUPERSEDED,
          INVALID,
          ENGINE_ERROR ->
          paint.red(status.text());
    };
  }

  /** A status by its name; what is no status, such as {@code LOST}, is marked as well. */
  public static String status(String name, Paint paint) {
    for (var status : RunStatus.values()) {
      if (status.name().equals(name)) {
        return status(status, paint);
      }
    }
    return paint.yellow(name.toLowerCase(Locale.ROOT));
  }

  private void stage(StageState stage, int names) {
    lines.add(
        "  %s %s%s%s  %s"
            .formatted(
                sign(stage.status()),
                paint.bold(stage.name()),
                stage.environment() == null || stage.environment().equals(stage.name())
                    ? ""
                    : paint.dim(" to " + stage.environment()),
                stage.attempt() > 1 ? " (attempt %d)".formatted(stage.attempt()) : "",
                paint.dim(Times.elapsed(stage.startedAt(), stage.endedAt(), now)))
            .stripTrailing());
    if (stage.status() != StageState.Status.PENDING) {
      stage.steps().forEach(step -> step(step, names));
    }
    if (stage.verdict() != null) {
      verdict(stage.verdict());
    }
    if (stage.note() != null && !told.tell(stage.note())) {
      lines.add("      " + stage.note());
    }
  }

  private void step(StepState step, int names) {
    lines.add(
        "      %s %s  %6s  %s%s"
            .formatted(
                sign(step.status()),
                padded(step.name(), names),
                Times.elapsed(step.startedAt(), step.endedAt(), now),
                step.round() > 1 ? "round %d  ".formatted(step.round()) : "",
                said(step))
            .stripTrailing());
  }

  private String said(StepState step) {
    return switch (step.status()) {
      case PENDING, SKIPPED -> "";
      case RUNNING ->
          paint.dim(
              step.logName() == null ? "" : progress.getOrDefault(step.logName(), step.action()));
      case SUCCEEDED -> Objects.requireNonNullElse(step.summary(), "");
      case RETRYING, FAILED ->
          step.failure() == null ? "failed" : paint.red(step.failure().happened());
    };
  }

  private static String padded(String name, int width) {
    return name + " ".repeat(Math.max(0, width - name.length()));
  }

  private void verdict(Verdict verdict) {
    for (var check : verdict.checks()) {
      var sign =
          switch (check.result()) {
            case PASSED -> paint.good();
            case FAILED, MISSING -> paint.bad();
          };
      lines.add("      %s %s: %s".formatted(sign, check.check(), check.reason()));
    }
  }

  private void question(RunState run, Question question) {
    lines.add("");
    lines.add("  %s %s".formatted(paint.waiting(), paint.bold(question.subject())));
    question.shown().forEach(shown -> lines.add("      " + shown));
    lines.addAll(
        QuestionText.waiting(question, now).stream().map(line -> "      " + line).toList());
    lines.add("      slipway approve %s    slipway reject %s".formatted(run.id(), run.id()));
  }

  private String sign(StageState.Status status) {
    return switch (status) {
      case PENDING -> paint.idle();
      case WAITING, QUEUED -> paint.waiting();
      case RUNNING -> paint.busy();
      case SUCCEEDED -> paint.good();
      case FAILED -> paint.bad();
      case SKIPPED -> paint.left();
    };
  }

  private String sign(StepState.Status status) {
    return switch (status) {
      case PENDING -> paint.idle();
      case RUNNING -> paint.busy();
      case RETRYING -> paint.waiting();
      case SUCCEEDED -> paint.good();
      case FAILED -> paint.bad();
      case SKIPPED -> paint.left();
    };
  }
}
