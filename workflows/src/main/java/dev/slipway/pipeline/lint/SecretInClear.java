package dev.slipway.pipeline.lint;

import dev.slipway.text.SecretForms;
import java.util.stream.Stream;

/** What is in the repository is no secret any more. */
final class SecretInClear implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    Stream.concat(
            Stream.concat(
                linted.steps().flatMap(Texts::of),
                linted.environments().stream().flatMap(Texts::of)),
            linted.webhooks())
        .filter(SecretInClear::looksSecret)
        .forEach(
            text ->
                findings.warning(
                    text.path(),
                    "this looks like a secret, and everybody who has the repository has it",
                    "replace the secret, keep the new one on the worker and write `${secret:NAME}`"));
  }

  private static boolean looksSecret(Located<String> text) {
    var value = text.value();
    return SecretForms.isIn(value)
        || (SecretForms.isName(text.path()) && SecretForms.isValue(value) && !value.contains("${"));
  }
}
