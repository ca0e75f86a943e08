package dev.slipway.activities.signature;

import dev.slipway.action.FailureType;
import dev.slipway.action.SignatureSpecs;
import dev.slipway.activities.step.CommitFiles;
import dev.slipway.activities.step.StepContext;
import dev.slipway.artifact.Digest;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A public key.
 *
 * @param pem as cosign reads it
 * @param digest over its DER form, by which people know it
 */
record VerificationKey(String pem, Digest digest) {
  private static final int MOST_BYTES = 64 * 1024;
  private static final Pattern FORM =
      Pattern.compile(
          "-----BEGIN PUBLIC KEY-----\\s([A-Za-z0-9+/=\\s]{1,8192})-----END PUBLIC KEY-----\\s*");

  /**
   * The key that a step names.
   *
   * @throws StepFailedException CONFIGURATION, when there is none
   */
  static VerificationKey of(StepContext step) throws StepFailedException, InterruptedException {
    var named = step.params().required(SignatureSpecs.PUBLIC_KEY);
    if (PemText.isIn(named)) {
      return read(PemText.of(named), "`params.publicKey`");
    }
    var file = CommitFiles.inside(step, SignatureSpecs.PUBLIC_KEY, named);
    return read(content(file, named), "`%s`".formatted(named));
  }

  private static String content(Path file, String named) throws StepFailedException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw wrong("`%s` can't be read".formatted(named), e);
    }
  }

  /**
   * @param where it stands, for people
   */
  static VerificationKey read(String text, String where) throws StepFailedException {
    var found = FORM.matcher(text.strip());
    if (!found.matches()) {
      throw wrong(where + " is no public key in PEM", null);
    }
    try {
      var der = Base64.getDecoder().decode(found.group(1).replaceAll("\\s", ""));
      return new VerificationKey(text.strip() + "\n", Digest.of(der));
    } catch (IllegalArgumentException e) {
      throw wrong(where + " is no public key in PEM", e);
    }
  }

  private static StepFailedException wrong(String happened, @Nullable Exception cause) {
    var failure =
        new StepFailedException(
            FailureType.CONFIGURATION,
            happened,
            "It begins with `-----BEGIN PUBLIC KEY-----`; `cosign public-key --key cosign.key`"
                + " prints that of a private key.");
    if (cause != null) {
      failure.initCause(cause);
    }
    return failure;
  }
}
