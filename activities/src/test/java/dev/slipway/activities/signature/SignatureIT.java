package dev.slipway.activities.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.slipway.action.FailureType;
import dev.slipway.activities.docker.RealRegistry;
import dev.slipway.activities.docker.TestRegistry;
import dev.slipway.activities.docker.Uploads;
import dev.slipway.activities.step.ActionTestKit;
import dev.slipway.artifact.Digest;
import dev.slipway.evidence.Signature;
import dev.slipway.json.Json;
import dev.slipway.step.StepKey;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the real cosign, keys that it made, and a real registry. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SignatureIT {
  private static final String PASSWORD = "opens the key";

  private final SignAction sign = new SignAction();
  private final VerifySignature verify = new VerifySignature();
  @TempDir private Path folder;
  private RealRegistry registry;
  private Uploads uploads;
  private ActionTestKit kit;
  private String privateKey = "";

  @BeforeEach
  void keysAndRegistry() throws IOException, InterruptedException {
    if (cosign().isEmpty() && Boolean.parseBoolean(System.getenv("CI"))) {
      fail("no cosign on the PATH");
    }
    if (cosign().isEmpty()) {
      abort("no cosign on the PATH");
    }
    registry = RealRegistry.open(folder.resolve("registry"));
    uploads = new Uploads(registry.host());
    kit = ActionTestKit.in(folder);
    privateKey = keyPair("cosign");
    kit.file("cosign.pub", Files.readString(folder.resolve("cosign.pub")))
        .workerEnv("SLIPWAY_SECRET_KEY", privateKey)
        .workerEnv("SLIPWAY_SECRET_OPENS", PASSWORD);
  }

  @AfterEach
  void close() {
    if (registry != null) {
      registry.close();
    }
  }

  private static Optional<Path> cosign() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(each -> Path.of(each, "cosign"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Makes a pair of keys and answers the private one. */
  private String keyPair(String name) throws IOException, InterruptedException {
    var making =
        new ProcessBuilder(
            "cosign", "generate-key-pair", "--output-key-prefix", folder.resolve(name).toString());
    making.environment().put("COSIGN_PASSWORD", PASSWORD);
    assertThat(making.inheritIO().start().waitFor()).isZero();
    return Files.readString(folder.resolve(name + ".key"));
  }

  private String reference(Digest image) {
    return registry.host() + "/shop@" + image;
  }

  private ActionTestKit signing(Digest image, String more) {
    return kit.params(
        "{'image': '%s', 'key': '${secret:KEY}', 'keyPassword': '${secret:OPENS}'%s}"
            .formatted(reference(image), more));
  }

  private ActionTestKit verifying(Digest image, String more) {
    return kit.nextRound()
        .params("{'image': '%s', 'publicKey': 'cosign.pub'%s}".formatted(reference(image), more));
  }

  private Digest image(String says) throws IOException, InterruptedException {
    return uploads.image("shop", Uploads.OCI, says);
  }

  private int layers(Digest image, String kind) throws IOException, InterruptedException {
    var manifest = uploads.manifest("shop", "sha256-%s.%s".formatted(image.hex(), kind));
    return Json.mapper().readTree(manifest).path("layers").size();
  }

  /** Lets what was signed of one image stand beside another one. */
  private void copySigned(Digest from, Digest to, String kind)
      throws IOException, InterruptedException {
    var digest = uploads.digest("shop", "sha256-%s.%s".formatted(from.hex(), kind)).orElseThrow();
    uploads.tag("shop", digest, "sha256-%s.%s".formatted(to.hex(), kind));
  }

  @Test
  void whatWasSignedIsVerifiedWithItsProvenance() throws Exception {
    var image = image("one");

    var signed = signing(image, "").perform(sign);
    var verified = (Signature) verifying(image, "").perform(verify).evidence().getFirst();

    assertThat(verified.isValid()).isTrue();
    assertThat(signed.outputs())
        .containsEntry("image", reference(image))
        .containsEntry("key", verified.key().text());
    var made = Objects.requireNonNull(verified.provenance());
    assertThat(made.commit()).isEqualTo("c".repeat(40));
    assertThat(made.repository()).isEqualTo("repository");
    assertThat(made.pipeline()).isEqualTo(ActionTestKit.PIPELINE);
    assertThat(made.run()).isEqualTo("app/1");
    assertThat(made.builder()).isEqualTo("slipway:" + kit.store().identity());
  }

  @Test
  void signingTwiceLeavesOneSignatureAndOneProvenance() throws Exception {
    var image = image("one");

    signing(image, "").perform(sign);
    kit.nextRound().perform(sign);

    assertThat(layers(image, "sig")).isEqualTo(1);
    assertThat(layers(image, "att")).isEqualTo(1);
  }

  @Test
  void anotherRunOfTheSameImageKeepsWhatTheFirstSaid() throws Exception {
    var image = image("one");
    signing(image, "").perform(sign);

    kit.key(new StepKey("app", 2, "build", "sign", 1)).perform(sign);

    assertThat(layers(image, "sig")).isEqualTo(1);
    assertThat(layers(image, "att")).isEqualTo(2);
    assertThat(verifying(image, "").perform(verify).summary()).endsWith("by run app/2");
  }

  @Test
  void anUnsignedImageIsNoPass() throws Exception {
    var image = image("one");

    var failure = verifying(image, "").failure(verify);

    assertThat(failure.type()).isEqualTo(FailureType.FINDINGS);
    assertThat(failure.happened()).isEqualTo(reference(image) + " is not signed");
  }

  @Test
  void aSignatureByAnotherKeyIsNoPass() throws Exception {
    var image = image("one");
    signing(image, "").perform(sign);
    keyPair("other");
    kit.file("cosign.pub", Files.readString(folder.resolve("other.pub")));

    var failure = verifying(image, "").failure(verify);

    assertThat(failure.type()).isEqualTo(FailureType.FINDINGS);
    assertThat(failure.happened()).contains("has signatures, and none of this image by key");
    assertThat(((Signature) failure.evidence().getFirst()).signatures()).isZero();
  }

  @Test
  void aSignatureThatWasPutBesideAnotherImageIsNoPass() throws Exception {
    var image = image("one");
    signing(image, "").perform(sign);
    var forged = image("two");
    copySigned(image, forged, "sig");
    copySigned(image, forged, "att");

    var failure = verifying(forged, "").failure(verify);

    assertThat(failure.type()).isEqualTo(FailureType.FINDINGS);
    assertThat(failure.happened()).startsWith(reference(forged)).contains("none of this image");
  }

  @Test
  void provenanceThatWasPutBesideAnotherSignedImageIsNoPass() throws Exception {
    var image = image("one");
    signing(image, "").perform(sign);
    var other = image("two");
    kit.nextRound();
    signing(other, "").perform(sign);
    copySigned(image, other, "att");

    var failure = verifying(other, "").failure(verify);

    assertThat(failure.type()).isEqualTo(FailureType.FINDINGS);
    assertThat(failure.happened()).startsWith(reference(other)).contains("provenance");
    assertThat(((Signature) failure.evidence().getFirst()).isValid()).isFalse();
  }

  @Test
  void aTagThatMovesChangesNothing() throws Exception {
    var image = image("one");
    signing(image, "").perform(sign);
    uploads.tag("shop", image, "v1");
    var moved = image("two");
    uploads.tag("shop", moved, "v1");

    assertThat(verifying(moved, "").failure(verify).type()).isEqualTo(FailureType.FINDINGS);
    assertThat(verifying(image, "").perform(verify).evidence()).hasSize(1);
  }

  @Test
  void theProvenanceOfAnotherCommitIsNoPass() throws Exception {
    var image = image("one");
    signing(image, "").perform(sign);

    var failure = verifying(image, ", 'commit': '%s'".formatted("d".repeat(40))).failure(verify);

    assertThat(failure.type()).isEqualTo(FailureType.FINDINGS);
    assertThat(failure.happened())
        .endsWith("is made of commit %s, and not of %s".formatted("c".repeat(40), "d".repeat(40)));
  }

  @Test
  void aRegistryThatIsAwayIsTriedAgain() throws Exception {
    var image = image("one");
    signing(image, "").perform(sign);
    registry.close();

    assertThat(verifying(image, "").failure(verify).type()).isEqualTo(FailureType.TRANSIENT);
    kit.nextRound();
    assertThat(signing(image, "").failure(sign).type()).isEqualTo(FailureType.TRANSIENT);
  }

  @Test
  void aWrongPasswordOfTheKeyIsNamed() throws Exception {
    var image = image("one");

    kit.workerEnv("SLIPWAY_SECRET_OPENS", "opens nothing");

    var failure = signing(image, "").failure(sign);

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).isEqualTo("the private key can't be opened with its password");
  }

  @Test
  void aKeyInOneLineSignsAsWell() throws Exception {
    var image = image("one");
    kit.workerEnv("SLIPWAY_SECRET_KEY", privateKey.strip().replace("\n", "\\n"));

    signing(image, "").perform(sign);

    assertThat(verifying(image, "").perform(verify).evidence()).hasSize(1);
  }

  /** A cosign that writes down how it is called, and what it finds on its way. */
  private Path watched() throws IOException {
    var bin = Files.createDirectories(folder.resolve("watched"));
    var program = bin.resolve("cosign");
    Files.writeString(
        program,
        """
        #!/bin/sh
        printf '%%s\\n' "$*" >>'%1$s/calls'
        cat "$DOCKER_CONFIG"/* >>'%1$s/files' 2>/dev/null
        ls -ld "$DOCKER_CONFIG" >>'%1$s/modes'
        exec '%2$s' "$@"
        """
            .formatted(bin, cosign().orElseThrow()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    kit.workerEnv("PATH", bin + File.pathSeparator + System.getenv("PATH"));
    return bin;
  }

  @Test
  void theKeyIsInNoArgumentNoFileNoLogAndNoOutcome() throws Exception {
    var image = image("one");
    var bin = watched();

    var outcome = signing(image, "").perform(sign);

    var seen =
        String.join(
            "\n",
            Files.readString(bin.resolve("calls")),
            Files.readString(bin.resolve("files")),
            kit.log(),
            Json.text(outcome),
            everythingUnder(kit.home().folder()));
    assertThat(Files.readString(bin.resolve("calls"))).contains("sign", "attest", "env://");
    assertThat(Files.readString(bin.resolve("modes")).lines())
        .allMatch(mode -> mode.startsWith("drwx------"));
    assertThat(seen).doesNotContain(PASSWORD);
    assertThat(privateKey.lines().filter(line -> !line.startsWith("-----")).toList())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(seen).doesNotContain(line));
  }

  private static String everythingUnder(Path home) throws IOException {
    var all = new StringBuilder();
    try (var files = Files.walk(home)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), UTF_8)).append('\n');
      }
    }
    return all.toString();
  }

  @Test
  void aPrivateRegistryTakesASecretThatNoArgumentHas() throws Exception {
    registry.close();
    registry = RealRegistry.withLogin(folder.resolve("private"));
    uploads = new Uploads(registry.host());
    var image = image("one");
    var bin = watched();
    kit.workerEnv("SLIPWAY_SECRET_REGISTRY", TestRegistry.PASSWORD);
    var login =
        ", 'username': '%s', 'password': '${secret:REGISTRY}'".formatted(TestRegistry.USERNAME);

    var refused = signing(image, "").failure(sign);
    kit.nextRound();
    signing(image, login).perform(sign);
    var verified = verifying(image, login).perform(verify);

    assertThat(refused.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(verified.evidence()).hasSize(1);
    assertThat(Files.readString(bin.resolve("calls"))).doesNotContain(TestRegistry.PASSWORD);
    assertThat(everythingUnder(kit.home().folder())).doesNotContain(TestRegistry.PASSWORD);
  }

  @Test
  void nothingButTheRegistryIsAsked() throws Exception {
    var image = image("one");
    try (var proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (var name : List.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")) {
        kit.workerEnv(name, "http://127.0.0.1:" + proxy.getLocalPort());
      }

      signing(image, "").perform(sign);
      verifying(image, "").perform(verify);

      proxy.setSoTimeout(1);
      assertThatThrownBy(proxy::accept).isInstanceOf(SocketTimeoutException.class);
      assertThat(kit.log()).doesNotContain("TUF", "WARNING");
    }
  }
}
