package dev.slipway.activities.signature;

import dev.slipway.action.FailureType;
import dev.slipway.action.Params;
import dev.slipway.action.SignatureSpecs;
import dev.slipway.step.StepFailedException;
import java.util.Map;
import java.util.regex.Pattern;

/** A private key; it reaches cosign as a variable, and nothing else sees it. */
record SigningKey(String pem, String password) {
  private static final String VARIABLE = "COSIGN_PRIVATE_KEY";

  /** Of cosign 2, and of older ones. */
  private static final Pattern FORM =
      Pattern.compile("-----BEGIN ENCRYPTED (?:SIGSTORE|COSIGN) PRIVATE KEY-----\n");

  /**
   * @throws StepFailedException CONFIGURATION, when it is none that cosign reads
   */
  static SigningKey of(Params params) throws StepFailedException {
    var pem = PemText.of(params.required(SignatureSpecs.KEY));
    if (!FORM.matcher(pem).lookingAt()) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "`params.key` is no private key that cosign reads",
          "Make one with `cosign generate-key-pair`, or take over another one with `cosign"
              + " import-key-pair`. The secret is the text of its file; in a file with a line for"
              + " each secret, write `\\n` where a line ends.");
    }
    return new SigningKey(pem, params.text(SignatureSpecs.KEY_PASSWORD, ""));
  }

  /** How a command line names it. */
  static String argument() {
    return "env://" + VARIABLE;
  }

  /** For the one program that signs. */
  Map<String, String> variables() {
    return Map.of(VARIABLE, pem, "COSIGN_PASSWORD", password);
  }

  /** It is never shown. */
  @Override
  public String toString() {
    return "a private key";
  }
}
