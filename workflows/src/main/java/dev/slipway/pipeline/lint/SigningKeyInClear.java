package dev.slipway.pipeline.lint;

import dev.slipway.action.SignatureSpecs;
import dev.slipway.pipeline.Reference;
import dev.slipway.pipeline.Template;
import java.util.stream.Stream;

/** Whoever has the repository could sign. */
final class SigningKeyInClear implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    linted
        .steps()
        .filter(step -> step.step().action().equals(SignatureSpecs.SIGN.name()))
        .flatMap(
            step ->
                Stream.concat(
                    Texts.of(step, SignatureSpecs.KEY),
                    Texts.of(step, SignatureSpecs.KEY_PASSWORD)))
        .filter(text -> !isSecret(text.value()))
        .forEach(
            text ->
                findings.error(
                    text.path(),
                    "what signs must be a secret of the worker, and this stands in the repository",
                    "keep it on the worker and write `${secret:NAME}`"));
  }

  private static boolean isSecret(String text) {
    return Template.read(text).template().references().stream()
        .anyMatch(Reference.Secret.class::isInstance);
  }
}
