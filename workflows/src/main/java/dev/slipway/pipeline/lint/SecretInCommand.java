package dev.slipway.pipeline.lint;

import dev.slipway.pipeline.Reference;
import dev.slipway.pipeline.Template;
import java.util.stream.Stream;

/** Arguments of a process are no place for a secret: everybody on the machine can list them. */
final class SecretInCommand implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    Stream.concat(
            linted.steps().flatMap(step -> Texts.of(step, "command")),
            linted.environments().stream()
                .flatMap(
                    environment ->
                        environment.value().run() == null
                            ? Stream.empty()
                            : Texts.of(
                                environment.value().run().command(),
                                environment.path() + ".run.command")))
        .filter(argument -> hasSecret(argument.value()))
        .forEach(
            argument ->
                findings.error(
                    argument.path(),
                    "a secret among a command's arguments can be seen in the list of processes",
                    "put it into `env` and let the program read the variable"));
  }

  private static boolean hasSecret(String text) {
    return Template.read(text).template().references().stream()
        .anyMatch(Reference.Secret.class::isInstance);
  }
}
