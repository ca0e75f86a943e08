package dev.slipway.activities.signature;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.FailureType;
import dev.slipway.action.SignatureSpecs;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.evidence.Signature;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Asks whether an image is what a key's owner made of a commit. */
public final class VerifySignature implements Action {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final String ANY = "any";

  @Override
  public ActionSpec spec() {
    return SignatureSpecs.VERIFY_SIGNATURE;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var image = ImageInRegistry.of(step.params().required(SignatureSpecs.IMAGE));
    var key = VerificationKey.of(step);
    var commit = commit(step);
    Signatures.Found found;
    try (var signatures = Signatures.of(step, image)) {
      found = signatures.by(key);
    }
    var provenance =
        found.provenances().reversed().stream()
            .filter(made -> commit.isEmpty() || commit.get().equals(made.commit()))
            .findFirst();
    var signature =
        new Signature(image.toString(), key.digest(), found.signatures(), provenance.orElse(null));
    if (signature.isValid()) {
      return StepOutcome.of(signature.summary()).withEvidence(List.of(signature));
    }
    throw new StepFailedException(
            FailureType.FINDINGS,
            flaw(image, found, commit.orElse(ANY)),
            "Was it built and signed by a run of this commit, with the key that belongs to"
                + " `publicKey`? Until then nobody knows who made it.")
        .withEvidence(List.of(signature));
  }

  /** The commit that the image must be made of; empty when any will do. */
  private static Optional<String> commit(StepContext step)
      throws StepFailedException, InterruptedException {
    var commit = step.params().text(SignatureSpecs.COMMIT, step.request().source().commit());
    if (commit.equals(ANY)) {
      return Optional.empty();
    }
    if (!HASH.matcher(commit).matches()) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "`params.commit` is `%s`, which is no full hash".formatted(commit),
          "Leave it out for the run's own commit, or write `any`.");
    }
    return Optional.of(commit);
  }

  private static String flaw(ImageInRegistry image, Signatures.Found found, String commit) {
    if (found.signatures() == 0) {
      return found.unsigned() == null ? image + " has no signature" : found.unsigned();
    }
    if (found.provenances().isEmpty()) {
      return found.unproven() == null ? image + " has no provenance" : found.unproven();
    }
    var commits = new TreeSet<String>();
    found.provenances().forEach(made -> commits.add(made.commit()));
    return "%s is made of commit %s, and not of %s"
        .formatted(image, String.join(", ", commits), commit);
  }
}
