package dev.slipway.pipeline.lint;

import dev.slipway.pipeline.ApprovalPolicy.OnExpire;

/** An expiry rolls back an earlier environment; where there is none it only ends the run. */
final class ExpiryWithNothingToRollBack implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var stage : linted.stages()) {
      var gate = stage.stage().gate();
      if (stage.asks()
          && gate.approval().onExpire() == OnExpire.ROLLBACK
          && !hasEnvironment(stage, linted)) {
        findings.warning(
            stage.at("gate.approval.onExpire"),
            "when nobody answers stage %s there is no earlier environment to roll back"
                .formatted(stage.quotedName()),
            "write `onExpire: keep`");
      }
    }
  }

  private static boolean hasEnvironment(LintedStage stage, LintedPipeline linted) {
    var own = stage.stage().environment();
    if (own != null && stage.stage().gate().asksAfterwards()) {
      return true;
    }
    return linted.graph().stagesBefore(stage.stage().name()).stream()
        .anyMatch(before -> before.environment() != null && !before.environment().equals(own));
  }
}
