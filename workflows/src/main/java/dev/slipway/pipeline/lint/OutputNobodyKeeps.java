package dev.slipway.pipeline.lint;

/** What a step makes is gone after it, unless it is kept under a name. */
final class OutputNobodyKeeps implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    linted
        .steps()
        .filter(step -> step.spec().isPresent() && step.step().artifact() == null)
        .filter(step -> step.step().params().text("output").isPresent())
        .forEach(
            step ->
                findings.warning(
                    step.at("params.output"),
                    "step %s names its output and does not keep it".formatted(step.quotedName()),
                    "add `artifact: NAME` to the step, or remove `output`"));
  }
}
