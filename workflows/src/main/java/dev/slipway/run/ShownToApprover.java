package dev.slipway.run;

import dev.slipway.artifact.ArtifactRef;
import dev.slipway.environment.EnvironmentActivities.Survey;
import dev.slipway.evidence.Evidence;
import dev.slipway.gate.Verdict.CheckVerdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an approver sees and a decision is bound to. */
final class ShownToApprover {
  private ShownToApprover() {}

  /**
   * One line each.
   *
   * @param survey of the environment that is to be changed; null when there is none
   */
  static List<String> lines(RunBoard board, @Nullable Survey survey) {
    var lines = new ArrayList<String>();
    var source = board.source();
    lines.add(
        "commit %s %s, by %s"
            .formatted(source.abbreviatedCommit(), source.subject(), source.author()));
    if (survey != null) {
      lines.add(
          survey.live() == null
              ? "nothing is live yet; this becomes release " + survey.nextRelease()
              : "release %d is live; this becomes release %d"
                  .formatted(survey.live(), survey.nextRelease()));
      var schema = survey.state().schema();
      if (schema != null) {
        lines.add("the schema there is at version " + schema.version());
      }
      lines.addAll(survey.notes());
    }
    for (var stage : board.stages()) {
      for (var outcome : stage.outcomes().entrySet()) {
        outcome.getValue().artifacts().stream().map(ShownToApprover::text).forEach(lines::add);
      }
      var verdict = stage.state().verdict();
      if (verdict != null) {
        verdict.checks().stream().map(ShownToApprover::text).forEach(lines::add);
      }
      for (var step : stage.stage().steps()) {
        if (step.action().startsWith("db_")) {
          stage
              .outcome(step.name())
              .ifPresent(
                  outcome ->
                      lines.add(
                          "%s › %s: %s"
                              .formatted(stage.stage().name(), step.name(), outcome.summary())));
        }
      }
    }
    return lines;
  }

  /** What the release keeps of the run's evidence. */
  static List<String> evidence(RunBoard board) {
    var lines = new ArrayList<String>();
    for (var stage : board.stages()) {
      for (var outcome : stage.outcomes().entrySet()) {
        for (Evidence evidence : outcome.getValue().evidence()) {
          lines.add(
              "%s › %s: %s %s: %s"
                  .formatted(
                      stage.stage().name(),
                      outcome.getKey(),
                      evidence.kind().label(),
                      evidence.source(),
                      evidence.summary()));
        }
      }
      var verdict = stage.state().verdict();
      if (verdict != null) {
        verdict.checks().stream().map(ShownToApprover::text).forEach(lines::add);
      }
    }
    return lines;
  }

  private static String text(ArtifactRef artifact) {
    return "artifact %s %s".formatted(artifact.name(), artifact.digest().abbreviated());
  }

  private static String text(CheckVerdict check) {
    return "%s: %s (%s)"
        .formatted(
            check.check(),
            check.result().name().toLowerCase(java.util.Locale.ROOT),
            check.reason());
  }
}
