package dev.slipway.pipeline.lint;

import dev.slipway.evidence.EvidenceKind;

/** A command that ran no tests exits with 0 as well. */
final class ExitCodeIsTheOnlyEvidence implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    for (var stage : linted.stages()) {
      for (var check : stage.checks()) {
        var feeding =
            stage.steps().stream()
                .filter(step -> step.canFeed(EvidenceKind.TEST_RESULT))
                .filter(step -> check.value().type() == EvidenceKind.TEST_RESULT)
                .toList();
        if (!feeding.isEmpty() && feeding.stream().allMatch(LintedStep::readsNoReport)) {
          findings.warning(
              check.path(),
              "the exit code of step %s is the only evidence: it says nothing of how many tests ran"
                  .formatted(feeding.getFirst().quotedName()),
              "let the command write a JUnit report and name it in `params.reports`");
        }
      }
    }
  }
}
