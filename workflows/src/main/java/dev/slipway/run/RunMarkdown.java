package dev.slipway.run;

import dev.slipway.gate.Verdict;
import java.util.Locale;

/** A run as readable Markdown, for the current details in the Temporal Web UI. */
final class RunMarkdown {
  private static final int MOST_CHARACTERS = 6_000;

  private RunMarkdown() {}

  static String of(RunState run) {
    var text = new StringBuilder();
    text.append("### ").append(run.id()).append(": ").append(run.status().text()).append('\n');
    if (run.reason() != null) {
      text.append(escaped(run.reason())).append('\n');
    }
    if (run.source() != null) {
      text.append("\nCommit `")
          .append(run.source().abbreviatedCommit())
          .append("` ")
          .append(escaped(run.source().subject()))
          .append('\n');
    }
    if (run.question() != null) {
      text.append("\n**Waiting for a decision:** ")
          .append(escaped(run.question().subject()))
          .append('\n');
      run.question().shown().forEach(line -> text.append("- ").append(escaped(line)).append('\n'));
      text.append("\nSend the signal `approve` or `reject` with `{\"by\": \"your name\"}`.\n");
    }
    if (!run.stages().isEmpty()) {
      text.append("\n| stage | state | steps |\n|---|---|---|\n");
      run.stages().forEach(stage -> row(text, stage));
    }
    return text.length() <= MOST_CHARACTERS ? text.toString() : text.substring(0, MOST_CHARACTERS);
  }

  private static void row(StringBuilder text, StageState stage) {
    text.append("| ")
        .append(escaped(stage.name()))
        .append(" | ")
        .append(stage.status().name().toLowerCase(Locale.ROOT));
    if (stage.note() != null) {
      text.append(": ").append(escaped(stage.note()));
    }
    var verdict = stage.verdict();
    if (verdict != null) {
      text.append(gate(verdict));
    }
    text.append(" | ");
    for (var step : stage.steps()) {
      text.append(escaped(step.name()))
          .append(' ')
          .append(step.status().name().toLowerCase(Locale.ROOT))
          .append(step.round() > 1 ? " (round " + step.round() + ")" : "")
          .append("<br>");
    }
    text.append(" |\n");
  }

  private static String gate(Verdict verdict) {
    var text = new StringBuilder();
    for (var check : verdict.checks()) {
      text.append("<br>")
          .append(escaped(check.check()))
          .append(": ")
          .append(check.result().name().toLowerCase(Locale.ROOT))
          .append(" (")
          .append(escaped(check.reason()))
          .append(')');
    }
    return text.toString();
  }

  /** Text from commits and reports must not become markup. */
  private static String escaped(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("([\\\\`*_{}\\[\\]<>|#~&!])", "\\\\$1");
  }
}
