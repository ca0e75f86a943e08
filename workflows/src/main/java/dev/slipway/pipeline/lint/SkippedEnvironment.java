package dev.slipway.pipeline.lint;

import dev.slipway.pipeline.Stage.OnFailure;

/** A change that failed must be stopped or undone: there is no skipping half a deployment. */
final class SkippedEnvironment implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var stage : linted.stages()) {
      if (stage.stage().onFailure() == OnFailure.SKIP && stage.stage().environment() != null) {
        findings.error(
            stage.at("onFailure"),
            "a stage that changes an environment can't be skipped when it fails",
            "write `onFailure: stop` or `retry`");
      }
    }
  }
}
