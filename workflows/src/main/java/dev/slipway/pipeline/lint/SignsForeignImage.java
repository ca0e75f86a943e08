package dev.slipway.pipeline.lint;

import dev.slipway.action.SignatureSpecs;
import dev.slipway.pipeline.Template;

/** The provenance says that this run made the image of its commit. */
final class SignsForeignImage implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    linted
        .steps()
        .filter(step -> step.step().action().equals(SignatureSpecs.SIGN.name()))
        .flatMap(step -> Texts.of(step, SignatureSpecs.IMAGE))
        .filter(image -> Template.read(image.value()).template().references().isEmpty())
        .forEach(
            image ->
                findings.error(
                    image.path(),
                    "this image was there before the run, and its signature would say that the run"
                        + " made it",
                    "sign what this run builds: `${image:STEP}`"));
  }
}
