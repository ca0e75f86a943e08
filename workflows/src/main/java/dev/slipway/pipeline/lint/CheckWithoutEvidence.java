package dev.slipway.pipeline.lint;

/** Evidence counts in the stage that made it: a check that no step can feed blocks every run. */
final class CheckWithoutEvidence implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var stage : linted.stages()) {
      for (var check : stage.checks()) {
        var kind = check.value().type();
        if (stage.steps().stream().noneMatch(step -> step.canFeed(kind))) {
          findings.error(
              check.path(),
              "no step of stage %s can give evidence for `%s`"
                  .formatted(stage.quotedName(), check.value().text()),
              switch (kind) {
                case TEST_RESULT -> "add a test step, or remove the check";
                case COVERAGE ->
                    "add a test step that writes a coverage report; `run` needs `reports`";
                case SECURITY_SCAN -> "add a `trivy_scan` step, or remove the check";
                case SIGNATURE -> "add a `verify_signature` step, or remove the check";
                case PERFORMANCE_BASELINE -> "remove the check";
              });
        }
      }
    }
  }
}
