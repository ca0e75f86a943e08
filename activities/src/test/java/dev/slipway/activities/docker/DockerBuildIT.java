package dev.slipway.activities.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.slipway.action.FailureType;
import dev.slipway.activities.step.ActionTestKit;
import dev.slipway.artifact.Digest;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** With a real engine and a real registry; nothing but the commit's own files is in an image. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ParameterizedClass
@EnumSource(DockerBuildIT.Builder.class)
final class DockerBuildIT {
  /** What builds. */
  enum Builder {
    CLASSIC,
    /** Through {@code docker buildx}, which must be there. */
    BUILDKIT
  }

  private static final Path BUSYBOX = Path.of("/bin/busybox");

  private static final String DOCKERFILE =
      """
      FROM scratch
      COPY busybox /bin/busybox
      COPY . /app
      """;

  private final Builder builder;
  private DockerBuild action;
  private final String application = "t" + UUID.randomUUID().toString().substring(0, 8);
  @TempDir private Path folder;
  private DockerClient docker;
  private ActionTestKit kit;

  DockerBuildIT(Builder builder) {
    this.builder = builder;
  }

  @BeforeEach
  void commit() throws IOException {
    var config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
    docker =
        DockerClientImpl.getInstance(
            config,
            new ZerodepDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build());
    action = new DockerBuild(env());
    kit = ActionTestKit.in(folder);
    Files.copy(BUSYBOX, kit.source().resolve("busybox"));
    kit.file("Dockerfile", DOCKERFILE).file("page", application);
  }

  /** Without Docker's settings there is no plugin. */
  private Map<String, String> env() throws IOException {
    var env = new HashMap<>(System.getenv());
    if (builder == Builder.CLASSIC) {
      env.put("DOCKER_CONFIG", Files.createTempDirectory(folder, "config").toString());
    }
    return env;
  }

  @AfterEach
  void removeImages() throws IOException {
    for (var image : docker.listImagesCmd().exec()) {
      var tags = image.getRepoTags();
      if (tags != null && Arrays.stream(tags).anyMatch(tag -> tag.contains(application))) {
        docker.removeImageCmd(image.getId()).withForce(true).exec();
      }
    }
    docker.close();
  }

  private RealRegistry registry() throws IOException {
    return RealRegistry.open(folder.resolve("registry"));
  }

  private ActionTestKit pushing(TestRegistry registry, String more) {
    return kit.params(
        "{'push': true, 'repository': '%s/%s', 'tags': ['v1']%s}"
            .formatted(registry.host(), application, more));
  }

  private static String output(StepOutcome outcome, String key) {
    return Objects.requireNonNull(outcome.outputs().get(key), key);
  }

  private void run(String... command) {
    kit.file(
        "Dockerfile",
        DOCKERFILE + "RUN [\"/bin/busybox\", \"" + String.join("\", \"", command) + "\"]\n");
  }

  @Test
  void anImageIsPushedByDigestUnderNoNameThatWasAskedFor() throws Exception {
    try (var registry = registry()) {
      var outcome = pushing(registry, "").keepsArtifact("docker-image").perform(action);

      var repository = registry.host() + "/" + application;
      var digest = new Digest(output(outcome, "digest"));
      assertThat(outcome.outputs())
          .containsEntry("image", repository + "@" + digest)
          .containsEntry("repository", repository);
      assertThat(outcome.artifacts()).singleElement().returns("docker-image", kept -> kept.name());
      var uploads = new Uploads(registry);
      var image = docker.inspectImageCmd(output(outcome, "image")).exec();
      var name =
          "slipway-unverified-" + new Digest(Objects.requireNonNull(image.getId())).abbreviated();
      assertThat(uploads.digest(application, name)).contains(digest);
      assertThat(uploads.get("/v2/" + application + "/tags/list")).contains("[\"" + name + "\"]");
      assertThat(kit.log())
          .contains(builder == Builder.CLASSIC ? "Step 1/" : "BuildKit by ")
          .contains("pushed " + repository + "@sha256:");
      var labels = Objects.requireNonNull(image.getConfig()).getLabels();
      assertThat(labels).containsEntry("org.opencontainers.image.revision", "c".repeat(40));

      new ImageTags().attach(repository, digest, List.of("v1"), null, null);

      assertThat(uploads.digest(application, "v1")).contains(digest);
    }
  }

  @Test
  void theSameCommitHasTheSameDigest() throws Exception {
    try (var registry = registry()) {
      var first = pushing(registry, "").perform(action);

      var again = kit.nextRound().perform(action);

      assertThat(again.outputs()).isEqualTo(first.outputs());
      assertThat(kit.log()).contains(builder == Builder.CLASSIC ? "Using cache" : "CACHED");
    }
  }

  @Test
  void withoutPushTheImageIsOnThisEngineAlone() throws Exception {
    var outcome =
        kit.params("{'repository': 'localhost/%s'}".formatted(application)).perform(action);

    assertThat(outcome.outputs()).containsOnlyKeys("image");
    assertThat(docker.inspectImageCmd(output(outcome, "image")).exec().getId())
        .isEqualTo(outcome.outputs().get("image"));
    assertThat(outcome.summary()).contains("on this engine alone");
  }

  @Test
  void whatIsIgnoredIsNotInTheImage() throws Exception {
    kit.file(".dockerignore", "*.key\n!public.key\n")
        .file("private.key", "x")
        .file("public.key", "x")
        .params("{'repository': 'localhost/%s'}".formatted(application));
    run("sh", "-c", "cd /app && test -e public.key && test ! -e private.key");

    assertThat(kit.perform(action).outputs()).containsKey("image");
  }

  @Test
  void aCommandThatFailsIsNamedWithItsStep() throws Exception {
    run("sh", "-c", "printf '\\\\033[31mno such luck'; exit 3");

    var failure = kit.params("{}").failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.BUILD_FAILED);
    assertThat(failure.happened())
        .startsWith(builder == Builder.CLASSIC ? "step 4/5 (RUN [" : "step 3/3 (RUN [")
        .contains("of `Dockerfile` failed")
        .contains(builder == Builder.CLASSIC ? "non-zero code: 3" : "exit code: 3");
    assertThat(failure.lastLines()).anyMatch(line -> line.contains("no such luck"));
    assertThat(kit.log()).doesNotContain("\u001b");
  }

  @Test
  void aMissingDockerfileIsNamed() throws Exception {
    var failure = kit.params("{'dockerfile': 'docker/Dockerfile'}").failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).isEqualTo("the commit has no Dockerfile `docker/Dockerfile`");
  }

  @Test
  void aDockerfileStandsInItsContext() throws Exception {
    kit.file("app/a", "");

    var failure = kit.params("{'context': 'app'}").failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("is outside the context `app`");
  }

  @Test
  void aLinkOutOfTheContextIsRefused() throws Exception {
    kit.file("app/Dockerfile", "FROM scratch\nCOPY . /\n");
    Files.createSymbolicLink(kit.source().resolve("app/page"), Path.of("../page"));

    var failure = kit.params("{'context': 'app', 'dockerfile': 'app/Dockerfile'}").failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("the link `page` leads out of its folder");
  }

  @Test
  void aWrongTagIsMetBeforeTheBuild() throws Exception {
    var failure = kit.params("{'tags': ['a b']}").failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).isEqualTo("`a b` can't be a tag");
    assertThat(kit.log()).doesNotContain("Step 1/");
  }

  @Test
  void anEngineThatDoesNotRunIsNamed() throws Exception {
    var nowhere = "unix://" + folder.resolve("no.sock");

    var failure = kit.params("{}").failure(new DockerBuild(Map.of("DOCKER_HOST", nowhere)));

    assertThat(failure.type()).isEqualTo(FailureType.INFRASTRUCTURE);
    assertThat(failure.happened()).startsWith("no Docker Engine answers at " + nowhere);
    assertThat(failure.advice()).contains("DOCKER_HOST");
  }

  @Test
  void aBaseImageThatCannotBePulledIsNamed() throws Exception {
    kit.file("Dockerfile", "FROM 127.0.0.1:1/none\n");

    var failure = kit.params("{}").failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.TRANSIENT);
    assertThat(failure.happened())
        .contains(
            builder == Builder.CLASSIC
                ? "(FROM 127.0.0.1:1/none)"
                : "(FROM 127.0.0.1:1/none:latest)")
        .contains("base image");
  }

  @Test
  void aRegistryThatDoesNotRunIsNamed() throws Exception {
    var failure =
        kit.params("{'push': true, 'repository': '127.0.0.1:1/%s'}".formatted(application))
            .failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.TRANSIENT);
    assertThat(failure.happened()).startsWith("127.0.0.1:1/" + application + " can't be pushed");
  }

  @Test
  void aPrivateRegistryTakesASecret() throws Exception {
    try (var registry = RealRegistry.withLogin(folder.resolve("registry"))) {
      kit.workerEnv("SLIPWAY_SECRET_REGISTRY", TestRegistry.PASSWORD);

      var refused = pushing(registry, "").failure(action);
      var outcome =
          pushing(registry, ", 'username': 'ann', 'password': '${secret:REGISTRY}'")
              .nextRound()
              .perform(action);

      assertThat(refused.type()).isEqualTo(FailureType.CONFIGURATION);
      assertThat(refused.advice()).contains("${secret:NAME}");
      assertThat(outcome.outputs().get("image")).contains("@sha256:");
      assertThat(kit.log()).doesNotContain(TestRegistry.PASSWORD);
    }
  }

  @Test
  void aRegistryWithoutEncryptionIsRefusedElsewhere() throws Exception {
    try (var registry = RealRegistry.at(otherAddress(), folder.resolve("registry"))) {
      var pushed = pushing(registry, "").failure(action);

      assertThat(pushed.type()).isEqualTo(FailureType.CONFIGURATION);
      assertThat(pushed.happened()).contains("server gave HTTP response to HTTPS client");
      try {
        new ImageTags()
            .attach(registry.host() + "/shop", Digest.of(new byte[0]), List.of("v1"), null, null);
        throw new AssertionError("talked to a registry without encryption");
      } catch (StepFailedException e) {
        assertThat(e.failure().type()).isEqualTo(FailureType.CONFIGURATION);
        assertThat(e.failure().happened()).contains("encryption");
      }
    }
  }

  @Test
  void aBuildPastItsTimeIsStoppedInTheEngine() throws Exception {
    var marker = UUID.randomUUID().toString();
    run("sh", "-c", "echo " + marker + "; /bin/busybox sleep 600");

    var failure = kit.params("{}").timeout(Duration.ofSeconds(8)).failure(action);

    assertThat(kit.log())
        .containsPattern(builder == Builder.CLASSIC ? "Running in" : "#[0-9]+ [0-9.]+ " + marker);
    assertThat(failure.type()).isEqualTo(FailureType.TIMEOUT);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> containers(marker).isEmpty() && programs(marker).isEmpty());
  }

  private List<Container> containers(String marker) {
    return docker.listContainersCmd().withShowAll(true).exec().stream()
        .filter(container -> container.getCommand().contains(marker))
        .toList();
  }

  /** What the engine runs on this machine without a container that it tells of. */
  private static List<ProcessHandle> programs(String marker) {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().commandLine().filter(line -> line.contains(marker)).isPresent())
        .toList();
  }

  @Test
  void aSecretIsThereForACommandAndNowhereElse() throws Exception {
    kit.workerEnv("SLIPWAY_SECRET_TOKEN", "hush-hush-hush")
        .file(
            "Dockerfile",
            DOCKERFILE
                + "RUN --mount=type=secret,id=token [\"/bin/busybox\", \"grep\", \"-q\","
                + " \"^hush-hush-hush$\", \"/run/secrets/token\"]\n"
                + "RUN [\"/bin/busybox\", \"test\", \"!\", \"-e\", \"/run/secrets/token\"]\n")
        .params("{'secrets': {'token': '${secret:TOKEN}'}}");

    if (builder == Builder.CLASSIC) {
      assertThat(kit.failure(action).happened()).contains("need BuildKit");
      return;
    }
    var image = docker.inspectImageCmd(output(kit.perform(action), "image")).exec();
    assertThat(String.valueOf(image.getConfig())).doesNotContain("hush");
    assertThat(kit.log().replace("grep -q ^***$", "")).doesNotContain("hush");
  }

  @Test
  void aSecretsNameCannotSmuggleAnOptionIn() throws Exception {
    var failure = kit.params("{'secrets': {'a,src=/etc/passwd': 'x'}}").failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("can't name a secret");
  }

  @Test
  void aCacheOutlivesTheBuildThatFilledIt() throws Exception {
    var name = UUID.randomUUID().toString();
    var mounted = DOCKERFILE + "RUN --mount=type=cache,id=" + name + ",target=/cache ";
    kit.file("Dockerfile", mounted + "[\"/bin/busybox\", \"touch\", \"/cache/kept\"]\n")
        .params("{}");
    if (builder == Builder.CLASSIC) {
      assertThat(kit.failure(action).type()).isEqualTo(FailureType.BUILD_FAILED);
      return;
    }
    kit.perform(action);

    kit.file("Dockerfile", mounted + "[\"/bin/busybox\", \"test\", \"-e\", \"/cache/kept\"]\n");

    assertThat(kit.nextRound().perform(action).outputs()).containsKey("image");
  }

  @Test
  void severalPlatformsThatTheBuilderCannotBuildAreRefused() throws Exception {
    try (var registry = registry()) {
      var failure =
          pushing(registry, ", 'platforms': ['linux/amd64', 'linux/arm64']").failure(action);

      assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
      assertThat(failure.advice()).contains("buildx");
    }
  }

  /** One that is not loopback, of the oldest interface: those of other tests' networks go away. */
  private static InetAddress otherAddress() throws IOException {
    return NetworkInterface.networkInterfaces()
        .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findFirst()
        .orElseThrow();
  }
}
