package dev.slipway.activities.signature;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.FailureType;
import dev.slipway.action.SignatureSpecs;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.evidence.Provenance;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.io.IOException;
import java.util.Map;

/**
 * Signs an image and attaches what it was made of. What is there already is not written again, and
 * nothing that other runs have said of the same image is taken away: a commit that changes no byte
 * of it has the same one.
 */
public final class SignAction implements Action {
  @Override
  public ActionSpec spec() {
    return SignatureSpecs.SIGN;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var params = step.params();
    var image = ImageInRegistry.of(params.required(SignatureSpecs.IMAGE));
    var key = SigningKey.of(params);
    var provenance = provenance(step);
    try (var signatures = Signatures.of(step, image)) {
      var publicKey = signatures.publicKey(key);
      var before = signatures.by(publicKey);
      if (before.signatures() == 0) {
        signatures.sign(key);
      }
      if (!before.provenances().contains(provenance)) {
        signatures.attest(key, provenance);
      }
      var after = signatures.by(publicKey);
      if (after.signatures() == 0 || !after.provenances().contains(provenance)) {
        throw new StepFailedException(
            FailureType.TRANSIENT,
            "what was signed of %s is not in the registry".formatted(image),
            "Does somebody else sign the same image at the same time? Then the next try adds it.");
      }
      return StepOutcome.of(
              "signed %s@%s with key %s"
                  .formatted(
                      image.repository(),
                      image.digest().abbreviated(),
                      publicKey.digest().abbreviated()))
          .withOutputs(Map.of("image", image.toString(), "key", publicKey.digest().text()));
    }
  }

  private static Provenance provenance(StepContext step) throws StepFailedException {
    var request = step.request();
    try {
      return new Provenance(
          request.source().repository(),
          request.source().commit(),
          request.pipeline(),
          request.key().application() + "/" + request.key().run(),
          Statements.builder(step.store().identity()));
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the store does not say which one it is: " + e.getMessage(),
          "Look at the worker's home.",
          e);
    }
  }
}
