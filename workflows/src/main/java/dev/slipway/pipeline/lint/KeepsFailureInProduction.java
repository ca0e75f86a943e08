package dev.slipway.pipeline.lint;

/** A failed release is looked at somewhere else: production goes back. */
final class KeepsFailureInProduction implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var environment : linted.environments()) {
      if (environment.value().isProduction() && environment.value().keepOnFailure()) {
        findings.error(
            environment.path() + ".keepOnFailure",
            "a failed release can't be kept in production",
            "remove `keepOnFailure`");
      }
    }
  }
}
