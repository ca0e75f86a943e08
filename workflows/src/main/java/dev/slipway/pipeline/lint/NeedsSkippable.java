package dev.slipway.pipeline.lint;

import dev.slipway.pipeline.Stage.OnFailure;
import dev.slipway.pipeline.problem.Words;

/** A skipped stage never satisfies one that has an environment. */
final class NeedsSkippable implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var stage : linted.stages()) {
      if (stage.stage().environment() == null) {
        continue;
      }
      linted.graph().stagesBefore(stage.stage().name()).stream()
          .filter(before -> before.onFailure() == OnFailure.SKIP)
          .filter(before -> before.environment() == null)
          .findFirst()
          .ifPresent(
              skippable ->
                  findings.warning(
                      stage.at("environment"),
                      "stage %s never runs when %s was skipped"
                          .formatted(stage.quotedName(), Words.quoted(skippable.name())),
                      "leave the stage that may be skipped out of its `needs`"));
    }
  }
}
