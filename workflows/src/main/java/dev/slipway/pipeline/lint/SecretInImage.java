package dev.slipway.pipeline.lint;

import dev.slipway.action.ActionSpec.Makes;
import dev.slipway.pipeline.Reference;
import dev.slipway.pipeline.Template;

/** Whoever has an image has its history, and the build's arguments are in it. */
final class SecretInImage implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    linted
        .steps()
        .filter(step -> step.spec().isPresent() && step.spec().get().makes() == Makes.IMAGE)
        .flatMap(step -> Texts.of(step, "args"))
        .filter(argument -> hasSecret(argument.value()))
        .forEach(
            argument ->
                findings.error(
                    argument.path(),
                    "a secret among a build's arguments stays in the image's history",
                    "fetch what needs the secret in a step before, and copy it into the image"));
  }

  private static boolean hasSecret(String text) {
    return Template.read(text).template().references().stream()
        .anyMatch(Reference.Secret.class::isInstance);
  }
}
