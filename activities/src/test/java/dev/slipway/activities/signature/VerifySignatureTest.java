package dev.slipway.activities.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.activities.docker.FakeRegistry;
import dev.slipway.activities.docker.Uploads;
import dev.slipway.activities.step.ActionTestKit;
import dev.slipway.artifact.Digest;
import dev.slipway.evidence.Provenance;
import dev.slipway.evidence.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is believed of cosign, and that nothing else than a whole answer is a pass. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class VerifySignatureTest {
  private static final byte[] DER = "a public key".getBytes(UTF_8);
  private static final String KEY =
      "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
          .formatted(Base64.getEncoder().encodeToString(DER));

  private static final String COMMIT = "c".repeat(40);

  private final VerifySignature action = new VerifySignature();
  @TempDir private Path folder;
  private FakeRegistry registry;
  private Uploads uploads;
  private ActionTestKit kit;
  private ScriptedCosign cosign;
  private Digest image;

  @BeforeEach
  void signedImage() throws IOException, InterruptedException {
    registry = FakeRegistry.open();
    uploads = new Uploads(registry.host());
    image = uploads.image("shop", Uploads.OCI, "one");
    uploads.tag("shop", image, "sha256-" + image.hex() + ".sig");
    uploads.tag("shop", image, "sha256-" + image.hex() + ".att");
    cosign =
        new ScriptedCosign(folder.resolve("bin"))
            .prints("verify", ScriptedCosign.payload(image))
            .prints("verify-attestation", ScriptedCosign.envelope(image, made(COMMIT, 12)));
    kit = ActionTestKit.in(folder).file("cosign.pub", KEY).workerEnv("PATH", cosign.path());
    params("");
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private ActionTestKit params(String more) {
    return kit.params(
        "{'image': '%s', 'publicKey': 'cosign.pub'%s}".formatted(reference(image), more));
  }

  private String reference(Digest digest) {
    return registry.host() + "/shop@" + digest;
  }

  private static Provenance made(String commit, int run) {
    return new Provenance("/shop", commit, null, "shop/" + run, "slipway:here");
  }

  @Test
  void theEvidenceSaysWhoseSignatureItIs() throws Exception {
    var outcome = kit.perform(action);

    assertThat(outcome.evidence())
        .containsExactly(new Signature(reference(image), Digest.of(DER), 1, made(COMMIT, 12)));
    assertThat(outcome.summary())
        .isEqualTo(
            "signed by key %s, made of commit cccccccc by run shop/12"
                .formatted(Digest.of(DER).abbreviated()));
    assertThat(cosign.calls().lines())
        .allMatch(call -> call.contains("--private-infrastructure=true"));
  }

  @Test
  void theNewestOfACommitsProvenancesIsTold() throws Exception {
    cosign.prints(
        "verify-attestation",
        String.join(
            "\n",
            ScriptedCosign.envelope(image, made(COMMIT, 12)),
            ScriptedCosign.envelope(image, made(COMMIT, 13)),
            ScriptedCosign.envelope(image, made("d".repeat(40), 14))));

    assertThat(kit.perform(action).summary()).endsWith("by run shop/13");
  }

  @Test
  void anUnsignedImageIsNoPass() throws Exception {
    image = uploads.image("shop", Uploads.OCI, "two");

    var failure = params("").failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.FINDINGS);
    assertThat(failure.happened()).isEqualTo(reference(image) + " is not signed");
    assertThat(failure.evidence())
        .containsExactly(new Signature(reference(image), Digest.of(DER), 0, null));
    assertThat(Files.exists(folder.resolve("bin/calls"))).isFalse();
  }

  @Test
  void aSignatureWithoutProvenanceIsNoPass() throws Exception {
    image = uploads.image("shop", Uploads.OCI, "two");
    uploads.tag("shop", image, "sha256-" + image.hex() + ".sig");
    cosign.prints("verify", ScriptedCosign.payload(image));

    var failure = params("").failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.FINDINGS);
    assertThat(failure.happened()).isEqualTo(reference(image) + " has no provenance of Slipway");
  }

  @Test
  void theProvenanceOfAnotherCommitIsNoPass() throws Exception {
    var failure = params(", 'commit': '%s'".formatted("d".repeat(40))).failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.FINDINGS);
    assertThat(failure.happened())
        .isEqualTo(
            "%s is made of commit %s, and not of %s"
                .formatted(reference(image), COMMIT, "d".repeat(40)));
    assertThat(((Signature) failure.evidence().getFirst()).isValid()).isFalse();
  }

  @Test
  void anyCommitMayDo() throws Exception {
    cosign.prints("verify-attestation", ScriptedCosign.envelope(image, made("d".repeat(40), 14)));

    assertThat(params(", 'commit': 'any'").perform(action).summary()).contains("dddddddd");
  }

  @ParameterizedTest
  @CsvSource({"10, no signatures found", "12, no matching signatures: invalid signature"})
  void whatCosignRefusesIsAFinding(int code, String said) throws Exception {
    var failure = kit.failure(refusing("verify", code, "Error: " + said));

    assertThat(failure.type()).isEqualTo(FailureType.FINDINGS);
    assertThat(failure.happened())
        .contains("none of this image by key " + Digest.of(DER).abbreviated())
        .endsWith(said);
  }

  private VerifySignature refusing(String command, int code, String said) throws IOException {
    cosign.fails(command, code, said);
    return action;
  }

  @Test
  void provenanceThatCosignRefusesIsAFinding() throws Exception {
    var failure =
        kit.failure(refusing("verify-attestation", 1, "Error: no matching attestations: invalid"));

    assertThat(failure.type()).isEqualTo(FailureType.FINDINGS);
    assertThat(failure.happened()).contains("no provenance by key");
  }

  @ParameterizedTest
  @CsvSource({
    "1, Error: something broke, INFRASTRUCTURE",
    "137, , INFRASTRUCTURE",
    "1, Error: unknown flag: --private-infrastructure, CONFIGURATION",
    "1, Error: UNAUTHORIZED: authentication required, CONFIGURATION",
    "1, Error: loading public key: pem decode failed, CONFIGURATION"
  })
  void whatKeepsCosignFromLookingIsNoFinding(int code, String said, FailureType type)
      throws Exception {
    var failure = kit.failure(refusing("verify", code, String.valueOf(said)));

    assertThat(failure.type()).isEqualTo(type);
    assertThat(failure.happened())
        .startsWith("cosign could not verify " + reference(image) + ": it ended with code " + code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[] | FINDINGS", "{} | FINDINGS", "[{}] | FINDINGS", "yes | CONFIGURATION"})
  void anAnswerWithoutSignaturesIsNoPass(String output, FailureType type) throws Exception {
    cosign.prints("verify", output);

    assertThat(kit.failure(action).type()).isEqualTo(type);
  }

  @Test
  void aSignatureOfAnotherImageIsNoPass() throws Exception {
    cosign.prints("verify", ScriptedCosign.payload(Digest.of(new byte[0])));

    var failure = kit.failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.FINDINGS);
    assertThat(failure.happened()).isEqualTo(reference(image) + " has no signature");
  }

  @Test
  void withoutCosignItIsSaidHowToGetIt() throws Exception {
    var failure = kit.workerEnv("PATH", folder.toString()).failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).isEqualTo("the program `cosign` was not found");
    assertThat(failure.advice()).startsWith("Install cosign 2.6");
  }

  @Test
  void aRegistryThatIsAwayIsNoFinding() throws Exception {
    registry.close();

    assertThat(kit.failure(action).type()).isEqualTo(FailureType.TRANSIENT);
  }

  @Test
  void anImageThatIsNotThereIsNamed() throws Exception {
    image = Digest.of(new byte[0]);

    var failure = params("").failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).isEqualTo(registry.host() + "/shop has no image " + image);
  }

  @Test
  void theKeyMayBeTheWorkers() throws Exception {
    kit.workerEnv("SLIPWAY_SECRET_PUB", KEY.replace("\n", "\\n"))
        .params("{'image': '%s', 'publicKey': '${secret:PUB}'}".formatted(reference(image)));

    assertThat(((Signature) kit.perform(action).evidence().getFirst()).key())
        .isEqualTo(Digest.of(DER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'image': 'shop:latest', 'publicKey': 'cosign.pub'} | names no image in a registry",
        "{'image': 'sha256:%1$s', 'publicKey': 'cosign.pub'} | names no image in a registry",
        "{'image': 'x/shop@sha256:%1$s', 'publicKey': 'nowhere'} | the commit has no `nowhere`",
        "{'image': 'x/shop@sha256:%1$s', 'publicKey': '../..'} | leads out of the commit",
        "{'image': 'x/shop@sha256:%1$s', 'publicKey': 'other'} | `other` is no public key in PEM",
        "{'image': 'x/shop@sha256:%1$s', 'publicKey': '-----BEGIN X-----'} | is no public key in PEM",
        "{'image': 'x/shop@sha256:%1$s', 'publicKey': 'cosign.pub', 'commit': 'main'} | no full hash",
      })
  void whatCannotBeAskedIsSaid(String params, String said) throws Exception {
    var failure = kit.file("other", "x").params(params.formatted("a".repeat(64))).failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains(said);
  }
}
