package dev.slipway.pipeline.lint;

import dev.slipway.evidence.EvidenceKind;
import dev.slipway.pipeline.Check;
import dev.slipway.pipeline.Gate.Mode;
import dev.slipway.pipeline.Threshold;

/** A gate that lets everything through only looks like one. */
final class GateThatCannotFail implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var stage : linted.stages()) {
      for (var check : stage.checks()) {
        if (isAlwaysTrue(check.value())) {
          findings.warning(
              check.path(),
              "`%s` is true for every report".formatted(check.value().text()),
              "ask for the percentage that you have today");
        }
      }
      if (stage.stage().gate().mode() == Mode.REPORT && !stage.checks().isEmpty()) {
        findings.warning(
            stage.at("gate.mode"),
            "a failed check of stage %s is shown and blocks nothing".formatted(stage.quotedName()),
            "remove `mode: report` once you trust the checks");
      }
    }
  }

  private static boolean isAlwaysTrue(Check check) {
    return check.type() == EvidenceKind.COVERAGE
        && check.threshold() instanceof Threshold.Limit(var percent)
        && percent <= 0;
  }
}
