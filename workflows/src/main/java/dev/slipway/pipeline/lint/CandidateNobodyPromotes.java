package dev.slipway.pipeline.lint;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.action.ClusterSpecs;

/** A release beside the one that serves is half a release: another step must finish it. */
final class CandidateNobodyPromotes implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var stage : linted.stages()) {
      var promoting =
          linted.stepsBeside(stage, Effect.DEPLOYS).stream()
              .filter(step -> !ClusterSpecs.isUnfinished(step.step().action()))
              .toList();
      stage.steps().stream()
          .filter(step -> ClusterSpecs.isUnfinished(step.step().action()))
          .filter(step -> promoting.stream().noneMatch(last -> linted.isBefore(step, last)))
          .forEach(
              step ->
                  findings.error(
                      step.at("action"),
                      "no step after %s promotes what it runs beside the release that serves"
                          .formatted(step.quotedName()),
                      "add a `k8s_rollout` of the same image after it"));
    }
  }
}
