package dev.slipway.activities.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.action.FailureType;
import dev.slipway.activities.step.ActionTestKit;
import dev.slipway.artifact.Digest;
import dev.slipway.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a real BuildKit of its own, which is what a builder for several platforms is. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SeveralPlatformsIT {
  @TempDir private Path folder;
  private Process buildkit;
  private Map<String, String> env;
  private ActionTestKit kit;

  @BeforeEach
  void start() throws Exception {
    var socket = folder.resolve("buildkit.sock");
    buildkit =
        new ProcessBuilder(
                "buildkitd",
                "--root=" + folder.resolve("buildkit"),
                "--addr=unix://" + socket,
                "--containerd-worker=false")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("buildkit.log").toFile())
            .start();
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(socket));
    env = new HashMap<>(System.getenv());
    env.put("BUILDX_CONFIG", Files.createDirectory(folder.resolve("buildx")).toString());
    env.put("BUILDX_BUILDER", "several");
    var create =
        new ProcessBuilder(
            "docker",
            "buildx",
            "create",
            "--name",
            "several",
            "--driver",
            "remote",
            "unix://" + socket);
    create.environment().putAll(env);
    create.redirectErrorStream(true).redirectOutput(folder.resolve("create.log").toFile());
    assertThat(create.start().waitFor()).isZero();
    kit = ActionTestKit.in(folder);
    kit.file("page", "one").file("Dockerfile", "FROM scratch\nCOPY page /page\n");
  }

  @AfterEach
  void end() throws Exception {
    buildkit.destroy();
    buildkit.waitFor();
  }

  @Test
  void anImageForTwoPlatformsIsOneDigestAlsoWhenItIsBuiltAgain() throws Exception {
    try (var registry = RealRegistry.open(folder.resolve("registry"))) {
      kit.params(
          "{'push': true, 'repository': '%s/shop', 'platforms': ['linux/amd64', 'linux/arm64']}"
              .formatted(registry.host()));

      var outcome = kit.perform(new DockerBuild(env));

      var digest = new Digest(Objects.requireNonNull(outcome.outputs().get("digest")));
      assertThat(outcome.outputs().get("image")).isEqualTo(registry.host() + "/shop@" + digest);
      var uploads = new Uploads(registry);
      var tag = "slipway-unverified-" + digest.abbreviated();
      assertThat(uploads.digest("shop", tag)).contains(digest);
      assertThat(platforms(uploads, tag)).containsExactly("linux/amd64", "linux/arm64");
      assertThat(kit.nextRound().perform(new DockerBuild(env)).outputs())
          .isEqualTo(outcome.outputs());
    }
  }

  private static List<String> platforms(Uploads uploads, String tag)
      throws IOException, InterruptedException {
    var index = Json.read(uploads.get("/v2/shop/manifests/" + tag).getBytes(UTF_8), JsonNode.class);
    var platforms = new ArrayList<String>();
    for (var manifest : index.path("manifests")) {
      platforms.add(
          manifest.at("/platform/os").asText()
              + "/"
              + manifest.at("/platform/architecture").asText());
    }
    return platforms;
  }

  @Test
  void withoutARegistryNobodyCouldKeepIt() throws Exception {
    var failure =
        kit.params("{'platforms': ['linux/amd64', 'linux/arm64']}").failure(new DockerBuild(env));

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.advice()).contains("push: true");
  }
}
