package dev.slipway.pipeline.lint;

import dev.slipway.action.ClusterSpecs;

/** Manifests say all that stands in an environment, and a candidate beside it would share them. */
final class CandidateBesideManifests implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var environment : linted.environments()) {
      var place = environment.value().kubernetes();
      if (place != null && place.manifests() != null) {
        linted
            .stepsIn(environment.value())
            .filter(step -> ClusterSpecs.isUnfinished(step.step().action()))
            .findFirst()
            .ifPresent(
                step ->
                    findings.error(
                        step.path(),
                        "environment `%s` is described by manifests, which a candidate would share"
                            .formatted(environment.value().name()),
                        "write `strategy: rolling`, or leave `manifests` out"));
      }
    }
  }
}
