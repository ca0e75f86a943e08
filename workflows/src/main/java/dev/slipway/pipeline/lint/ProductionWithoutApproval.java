package dev.slipway.pipeline.lint;

/** Production asks by default; who turns that off should see it. */
final class ProductionWithoutApproval implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var stage : linted.stages()) {
      if (!stage.isInProduction() || linted.pipeline().continuesEnvironment(stage.stage())) {
        continue;
      }
      if (!stage.asks()) {
        findings.warning(
            stage.at("gate.requireApproval"),
            "stage %s changes production and asks nobody".formatted(stage.quotedName()),
            "remove `requireApproval: false`");
      } else if (!stage.stage().gate().requireApproval()) {
        findings.warning(
            stage.at("gate.autoPass"),
            "stage %s asks only after it has changed production".formatted(stage.quotedName()),
            "write `requireApproval: true` to be asked before");
      }
    }
  }
}
