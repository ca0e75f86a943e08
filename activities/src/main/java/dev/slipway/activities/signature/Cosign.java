package dev.slipway.activities.signature;

import dev.slipway.activities.process.Command;
import dev.slipway.activities.process.ProcessExit;
import dev.slipway.activities.process.ProcessOutput;
import dev.slipway.activities.step.StepContext;
import dev.slipway.step.StepFailedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The program {@code cosign}, which talks to the image's registry alone: no transparency log, no
 * certificate authority. It works in a folder of the attempt.
 */
final class Cosign {
  private static final int MOST_BYTES = 8 << 20;
  private static final String PROVENANCE = "slsaprovenance1";

  /** Said each time, since cosign 3 takes other defaults. */
  private static final List<String> OFFLINE_SIGNING =
      List.of(
          "--tlog-upload=false",
          "--use-signing-config=false",
          "--new-bundle-format=false",
          "--yes");

  private static final List<String> OFFLINE_VERIFYING =
      List.of("--private-infrastructure=true", "--new-bundle-format=false", "--output=json");

  private final StepContext step;
  private final Path folder;

  /**
   * @param folder of the attempt, which has Docker's {@code config.json} for the registry
   */
  Cosign(StepContext step, Path folder) {
    this.step = step;
    this.folder = folder;
  }

  /** What cosign says of something that is signed. */
  sealed interface Answer {
    /** What it verified, as it prints it. */
    record Verified(String output) implements Answer {}

    /** It verified nothing, and why. */
    record Refused(String said) implements Answer {}
  }

  /** The public half of a key. */
  VerificationKey publicKey(SigningKey key) throws StepFailedException, InterruptedException {
    var output = capture(List.of("public-key", "--key", SigningKey.argument()), key.variables());
    if (output.exit().isSuccess()) {
      return VerificationKey.read(output.text(), "what `cosign public-key` prints");
    }
    throw CosignFailures.ofKey(output.exit());
  }

  /** Signs an image. */
  void sign(ImageInRegistry image, SigningKey key)
      throws StepFailedException, InterruptedException {
    signing(image, key, List.of("sign"));
  }

  /**
   * Attaches provenance to an image.
   *
   * @param predicate a file
   */
  void attest(ImageInRegistry image, SigningKey key, Path predicate)
      throws StepFailedException, InterruptedException {
    signing(
        image, key, List.of("attest", "--type", PROVENANCE, "--predicate", predicate.toString()));
  }

  private void signing(ImageInRegistry image, SigningKey key, List<String> what)
      throws StepFailedException, InterruptedException {
    var arguments = new ArrayList<>(what);
    arguments.addAll(OFFLINE_SIGNING);
    arguments.addAll(List.of("--key", SigningKey.argument(), image.toString()));
    ProcessExit exit;
    try {
      exit = step.processes().run(command(arguments, key.variables()), step.log()::line);
    } catch (StepFailedException e) {
      throw CosignFailures.withHowToInstall(e);
    }
    if (!exit.isSuccess()) {
      throw CosignFailures.of("cosign could not %s %s".formatted(what.getFirst(), image), exit);
    }
  }

  /** Asks for an image's signatures by a key. */
  Answer verify(ImageInRegistry image, Path publicKey)
      throws StepFailedException, InterruptedException {
    return verifying(image, publicKey, List.of("verify"));
  }

  /** Asks for the provenance that somebody with a key has attested of an image. */
  Answer verifyProvenance(ImageInRegistry image, Path publicKey)
      throws StepFailedException, InterruptedException {
    return verifying(image, publicKey, List.of("verify-attestation", "--type", PROVENANCE));
  }

  private Answer verifying(ImageInRegistry image, Path publicKey, List<String> what)
      throws StepFailedException, InterruptedException {
    var arguments = new ArrayList<>(what);
    arguments.addAll(OFFLINE_VERIFYING);
    arguments.addAll(List.of("--key", publicKey.toString(), image.toString()));
    var output = capture(arguments, Map.of());
    if (output.exit().isSuccess()) {
      return new Answer.Verified(output.text());
    }
    if (CosignFailures.isRefusal(output.exit())) {
      return new Answer.Refused(CosignFailures.said(output.exit()));
    }
    throw CosignFailures.of("cosign could not verify " + image, output.exit());
  }

  private ProcessOutput capture(List<String> arguments, Map<String, String> env)
      throws StepFailedException, InterruptedException {
    try {
      return step.processes().capture(command(arguments, env), MOST_BYTES, step.log()::line);
    } catch (StepFailedException e) {
      throw CosignFailures.withHowToInstall(e);
    }
  }

  private Command command(List<String> arguments, Map<String, String> more) {
    var all = new ArrayList<>(List.of("cosign"));
    all.addAll(arguments);
    // The worker's own logins, settings and cached roots of trust have no say.
    var env = new HashMap<>(more);
    env.put("DOCKER_CONFIG", folder.toString());
    env.put("HOME", folder.toString());
    env.put("TUF_ROOT", folder.resolve("tuf").toString());
    // Who names roots of its own, for which a key has no use, is not sent for Sigstore's.
    env.put("SIGSTORE_ROOT_FILE", folder.resolve("no-roots").toString());
    return Command.of(folder, all).withEnv(env);
  }
}
