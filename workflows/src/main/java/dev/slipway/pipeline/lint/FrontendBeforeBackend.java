package dev.slipway.pipeline.lint;

import dev.slipway.action.ActionSpec.Effect;

/** A new frontend calls the new backend, so it is switched after it; the way back is reversed. */
final class FrontendBeforeBackend implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var stage : linted.stages()) {
      var rollouts = linted.stepsBeside(stage, Effect.DEPLOYS);
      for (var publication : stage.stepsThat(Effect.PUBLISHES)) {
        if (!rollouts.isEmpty()
            && rollouts.stream().noneMatch(rollout -> linted.isBefore(rollout, publication))) {
          findings.error(
              publication.at("action"),
              "step %s publishes the frontend before step %s has changed the backend"
                  .formatted(publication.quotedName(), rollouts.getFirst().quotedName()),
              "publish after it: a new frontend calls the new backend");
        }
      }
    }
  }
}
