package dev.slipway.activities.signature;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.action.ContainerSpecs;
import dev.slipway.action.FailureType;
import dev.slipway.action.Params;
import dev.slipway.activities.archive.FileTrees;
import dev.slipway.activities.docker.ImageRegistry;
import dev.slipway.activities.step.StepContext;
import dev.slipway.activities.store.PrivateFiles;
import dev.slipway.evidence.Provenance;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands beside an image in its registry, read and written with cosign. */
final class Signatures implements AutoCloseable {
  private final ImageInRegistry image;
  private final ImageRegistry registry;
  private final Path folder;
  private final Cosign cosign;

  private Signatures(ImageInRegistry image, ImageRegistry registry, Path folder, Cosign cosign) {
    this.image = image;
    this.registry = registry;
    this.folder = folder;
    this.cosign = cosign;
  }

  /**
   * What a key has signed.
   *
   * @param signatures of the image
   * @param provenances of the image, the oldest first
   * @param unsigned why there are no signatures, if there are none
   * @param unproven why there are no provenances, if there are none
   */
  record Found(
      int signatures,
      List<Provenance> provenances,
      @Nullable String unsigned,
      @Nullable String unproven) {
    Found {
      provenances = List.copyOf(provenances);
    }
  }

  /** For an image that is in its registry. */
  static Signatures of(StepContext step, ImageInRegistry image)
      throws StepFailedException, InterruptedException {
    Params params = step.params();
    var registry =
        ImageRegistry.of(
            image.repository(),
            params.text(ContainerSpecs.USERNAME).orElse(null),
            params.text(ContainerSpecs.PASSWORD).orElse(null));
    try {
      if (!registry.has(image.digest().text())) {
        throw new StepFailedException(
            FailureType.CONFIGURATION,
            "%s has no image %s".formatted(registry, image.digest()),
            "Was it pushed there, and not removed since?");
      }
      var folder = PrivateFiles.folder(Files.createTempDirectory(step.temp(), "cosign"));
      Files.write(folder.resolve("config.json"), registry.dockerConfig());
      return new Signatures(image, registry, folder, new Cosign(step, folder));
    } catch (IOException e) {
      registry.close();
      throw unwritable(e);
    } catch (StepFailedException | InterruptedException e) {
      registry.close();
      throw e;
    }
  }

  /** The public half of a key. */
  VerificationKey publicKey(SigningKey key) throws StepFailedException, InterruptedException {
    return cosign.publicKey(key);
  }

  void sign(SigningKey key) throws StepFailedException, InterruptedException {
    cosign.sign(image, key);
  }

  void attest(SigningKey key, Provenance provenance)
      throws StepFailedException, InterruptedException {
    try {
      var predicate = folder.resolve("provenance.json");
      Files.write(predicate, Statements.predicate(provenance));
      cosign.attest(image, key, predicate);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** What is there now. */
  Found by(VerificationKey key) throws StepFailedException, InterruptedException {
    try {
      var file = Files.writeString(folder.resolve("key.pub"), key.pem());
      return found(file, key);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private Found found(Path file, VerificationKey key)
      throws StepFailedException, InterruptedException {
    var signatures = 0;
    var provenances = List.<Provenance>of();
    String unsigned = null;
    String unproven = null;
    if (registry.has(image.signatures())) {
      switch (cosign.verify(image, file)) {
        case Cosign.Answer.Verified(var output) -> signatures = signatures(output);
        case Cosign.Answer.Refused(var said) ->
            unsigned =
                "%s has signatures, and none of this image by key %s: %s"
                    .formatted(image, key.digest().abbreviated(), said);
      }
    } else {
      unsigned = image + " is not signed";
    }
    if (registry.has(image.attestations())) {
      switch (cosign.verifyProvenance(image, file)) {
        case Cosign.Answer.Verified(var output) -> provenances = provenances(output);
        case Cosign.Answer.Refused(var said) ->
            unproven =
                "%s has attestations, and no provenance by key %s: %s"
                    .formatted(image, key.digest().abbreviated(), said);
      }
    }
    if (provenances.isEmpty() && unproven == null) {
      unproven = image + " has no provenance of Slipway";
    }
    return new Found(signatures, provenances, unsigned, unproven);
  }

  /** How many signatures were verified; each names the image that it is about. */
  private int signatures(String output) throws StepFailedException {
    try {
      var count = 0;
      for (var payload : Json.mapper().readTree(output)) {
        var about = payload.path("critical").path("image").path("docker-manifest-digest").asText();
        if (about.equals(image.digest().text())) {
          count++;
        }
      }
      return count;
    } catch (JsonProcessingException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the answer of `cosign verify` can't be read",
          "What can't be read can't pass. Is the worker's `cosign` of version 2.6?",
          e);
    }
  }

  private List<Provenance> provenances(String output) {
    return output
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> Statements.read(line, image.digest()))
        .flatMap(Optional::stream)
        .toList();
  }

  private static StepFailedException unwritable(IOException e) {
    return new StepFailedException(
        FailureType.INFRASTRUCTURE,
        "the files that cosign needs can't be written: " + e.getMessage(),
        "Look at the worker's disk.",
        e);
  }

  @Override
  public void close() throws StepFailedException {
    registry.close();
    try {
      FileTrees.delete(folder);
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the login to a registry can't be removed: " + e.getMessage(),
          "Remove `%s`, and look at the worker's disk.".formatted(folder),
          e);
    }
  }
}
