package dev.slipway.pipeline.lint;

import dev.slipway.action.ActionSpec.Effect;
import dev.slipway.action.SignatureSpecs;
import dev.slipway.pipeline.Reference;
import java.util.Optional;

/** A signature that is looked at when the image runs already keeps nothing out. */
final class DeployedUnverified implements Rule {
  @Override
  public void check(LintedPipeline linted, Findings findings) {
    linted
        .steps()
        .filter(step -> step.effect() == Effect.DEPLOYS)
        .forEach(deployment -> check(deployment, linted, findings));
  }

  private static void check(LintedStep deployment, LintedPipeline linted, Findings findings) {
    var verifications =
        linted
            .steps()
            .filter(step -> step.step().action().equals(SignatureSpecs.VERIFY_SIGNATURE.name()))
            .filter(step -> isSameImage(step, deployment))
            .toList();
    if (verifications.isEmpty()
        || verifications.stream().anyMatch(step -> linted.isBefore(step, deployment))) {
      return;
    }
    var late = verifications.getFirst();
    findings.warning(
        late.at("action"),
        "step %s verifies the image %s step %s deploys it"
            .formatted(
                late.quotedName(),
                linted.isBefore(deployment, late) ? "after" : "while",
                deployment.quotedName()),
        "verify it before: in a stage of its own with the check `signature eq valid`");
  }

  private static boolean isSameImage(LintedStep step, LintedStep other) {
    var image = image(step);
    var its = image(other);
    var only = "${" + new Reference.DockerImage().text() + "}";
    return image.isPresent()
        && its.isPresent()
        && (image.equals(its) || image.get().equals(only) || its.get().equals(only));
  }

  private static Optional<String> image(LintedStep step) {
    return step.step().params().text(SignatureSpecs.IMAGE);
  }
}
