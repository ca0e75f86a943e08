package dev.slipway.starter.view;

import dev.slipway.notification.RunEvent;
import dev.slipway.run.RunState;
import dev.slipway.run.StageState;
import dev.slipway.run.StepState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What happened between two looks at a run: one line for each thing, oldest first. */
public final class RunNews {
  private static final int MOST_LOG_LINES = 10;

  private final ToldFailures told;
  private final Paint paint;
  private final ZoneId zone;
  private final List<Item> items = new ArrayList<>();

  private record Item(Instant at, List<String> lines) {}

  private RunNews(ToldFailures told, Paint paint, ZoneId zone) {
    this.told = told;
    this.paint = paint;
    this.zone = zone;
  }

  /**
   * The lines.
   *
   * @param before null at the first look, which tells everything
   */
  public static List<String> lines(
      @Nullable RunState before, RunState after, Paint paint, ZoneId zone) {
    var news = new RunNews(new ToldFailures(after), paint, zone);
    var events = newEvents(before, after);
    events.stream().filter(RunNews::isBeginning).forEach(news::event);
    for (var stage : after.stages()) {
      var earlier = before == null ? null : find(before, stage);
      news.stage(earlier, stage);
    }
    // After the steps: an event of the same moment is about what they did.
    events.stream().filter(event -> !isBeginning(event)).forEach(news::event);
    news.items.sort(Comparator.comparing(Item::at));
    return news.items.stream().flatMap(item -> item.lines().stream()).toList();
  }

  private static boolean isBeginning(RunEvent event) {
    return event.kind() == RunEvent.Kind.STARTED;
  }

  /** Events are bounded: the oldest may be gone since. */
  private static List<RunEvent> newEvents(@Nullable RunState before, RunState after) {
    if (before == null || before.events().isEmpty()) {
      return after.events();
    }
    var known = after.events().lastIndexOf(before.events().getLast());
    return after.events().subList(known + 1, after.events().size());
  }

  private static @Nullable StageState find(RunState run, StageState wanted) {
    return run.stages().stream()
        .filter(stage -> stage.name().equals(wanted.name()))
        .findFirst()
        .orElse(null);
  }

  private void event(RunEvent event) {
    var word = event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    var painted =
        switch (event.kind()) {
          case STARTED, NOTE -> word;
          case RELEASED, SUCCEEDED -> paint.green(word);
          case WAITING, DECIDED, ESCALATED, ROLLING_BACK -> paint.yellow(word);
          case BLOCKED, EXPIRED, SUPERSEDED, ROLLED_BACK, ROLLBACK_FAILED, CANCELLED ->
              paint.red(word);
        };
    add(
        event.at(),
        event.kind() == RunEvent.Kind.NOTE
            ? event.text()
            : painted + ": " + told.without(event.text()));
  }

  private void stage(@Nullable StageState before, StageState after) {
    for (var step : after.steps()) {
      var earlier =
          before == null
              ? null
              : before.steps().stream()
                  .filter(known -> known.name().equals(step.name()))
                  .findFirst()
                  .orElse(null);
      step(after, earlier, step);
    }
    var verdict = after.verdict();
    if (verdict != null && (before == null || !verdict.equals(before.verdict()))) {
      for (var check : verdict.checks()) {
        add(
            latest(after),
            "%s: gate: %s %s (%s)"
                .formatted(
                    after.name(),
                    check.check(),
                    switch (check.result()) {
                      case PASSED -> paint.green("passed");
                      case FAILED -> paint.red("failed");
                      case MISSING -> paint.red("has no evidence");
                    },
                    check.reason()));
      }
    }
  }

  private static Instant latest(StageState stage) {
    return stage.steps().stream()
        .map(StepState::endedAt)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(Objects.requireNonNullElse(stage.startedAt(), Instant.EPOCH));
  }

  private void step(StageState stage, @Nullable StepState before, StepState step) {
    if (before != null && before.status() == step.status() && before.round() == step.round()) {
      return;
    }
    var name = stage.name() + " / " + step.name();
    switch (step.status()) {
      case PENDING, SKIPPED -> {}
      case RUNNING ->
          add(
              at(step.startedAt()),
              "%s: started (%s)%s"
                  .formatted(
                      name, step.action(), step.round() > 1 ? ", round " + step.round() : ""));
      case SUCCEEDED ->
          add(
              at(step.endedAt()),
              "%s: %s in %s%s"
                  .formatted(
                      name,
                      paint.green("succeeded"),
                      took(step),
                      step.summary() == null ? "" : ": " + step.summary()));
      case RETRYING -> failed(step, "%s: failed, and is tried again".formatted(name));
      case FAILED ->
          failed(step, "%s: %s after %s".formatted(name, paint.red("failed"), took(step)));
    }
  }

  private void failed(StepState step, String line) {
    var failure = step.failure();
    if (failure == null) {
      add(at(step.endedAt()), line);
      return;
    }
    var lines = new ArrayList<String>();
    lines.add(line + ": " + failure.happened());
    var log = failure.lastLines();
    var shown = log.subList(Math.max(0, log.size() - MOST_LOG_LINES), log.size());
    shown.forEach(said -> lines.add(paint.dim("    | " + said)));
    advice(failure.advice(), shown).forEach(said -> lines.add("    " + said));
    add(at(step.endedAt()), lines.toArray(String[]::new));
  }

  /** Advice that quotes the log ends where the quotation begins: the log stands above. */
  private static List<String> advice(String advice, List<String> shown) {
    var said = shown.stream().map(String::strip).toList();
    var lines = advice.lines().map(String::strip).toList();
    var quoted = lines.stream().filter(said::contains).count();
    return lines.stream()
        .filter(line -> !said.contains(line) && !(quoted > 0 && line.endsWith(":")))
        .toList();
  }

  private static String took(StepState step) {
    var end = at(step.endedAt());
    return Times.elapsed(step.startedAt(), end, end);
  }

  private static Instant at(@Nullable Instant known) {
    return Objects.requireNonNullElse(known, Instant.EPOCH);
  }

  private void add(Instant at, String... lines) {
    var stamped = new ArrayList<>(List.of(lines));
    stamped.set(
        0, (at.equals(Instant.EPOCH) ? "" : paint.dim(Times.clock(at, zone)) + " ") + lines[0]);
    items.add(new Item(at, stamped));
  }
}
