package dev.slipway.pipeline.lint;

import dev.slipway.action.ActionSpec.Effect;

/** With no replica too many and none too few, no replica can be replaced. */
final class RolloutThatCannotMove implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    linted
        .steps()
        .filter(step -> step.effect() == Effect.DEPLOYS)
        .forEach(
            step -> {
              var params = step.step().params();
              if (params.count("maxSurge", 1) == 0 && params.count("maxUnavailable", 0) == 0) {
                findings.error(
                    step.at("params.maxSurge"),
                    "with `maxSurge: 0` and `maxUnavailable: 0` step %s can replace nothing"
                        .formatted(step.quotedName()),
                    "write `maxSurge: 1`");
              }
              if (params.count("replicas", 1) == 0) {
                findings.error(
                    step.at("params.replicas"),
                    "with `replicas: 0` nothing runs after step %s".formatted(step.quotedName()),
                    "write how many replicas serve the users");
              }
            });
  }
}
