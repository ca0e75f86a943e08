package dev.slipway.activities.signature;

import dev.slipway.action.FailureType;
import dev.slipway.artifact.Digest;
import dev.slipway.artifact.ImageNames;
import dev.slipway.step.StepFailedException;

/**
 * An image by its digest; beside it, under tags made of the digest, stands what is signed of it.
 */
record ImageInRegistry(String repository, Digest digest) {
  /**
   * @throws StepFailedException CONFIGURATION, when the text names no image in a registry by digest
   */
  static ImageInRegistry of(String text) throws StepFailedException {
    if (ImageNames.isByDigest(text)) {
      var at = text.indexOf('@');
      return new ImageInRegistry(text.substring(0, at), new Digest(text.substring(at + 1)));
    }
    throw new StepFailedException(
        FailureType.CONFIGURATION,
        "`%s` names no image in a registry by its digest".formatted(text),
        "What is signed must be what runs, and signatures live in the registry: write"
            + " `${image:STEP}` of a step with `push: true`, or NAME@sha256:….");
  }

  /** Where cosign keeps its signatures. */
  String signatures() {
    return "sha256-" + digest.hex() + ".sig";
  }

  /** Where cosign keeps what is attested of it. */
  String attestations() {
    return "sha256-" + digest.hex() + ".att";
  }

  @Override
  public String toString() {
    return repository + "@" + digest;
  }
}
