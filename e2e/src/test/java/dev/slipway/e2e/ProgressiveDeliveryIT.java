package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A canary and a blue-green release on a real cluster while people visit: each visitor is answered,
 * at every step, whatever people decide and whoever is killed.
 */
class ProgressiveDeliveryIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final int PORT = 30_984;
  private static final URI SHOP = URI.create("http://127.0.0.1:" + PORT + "/");
  private static final String NAMESPACE = "slipway-progressive";

  private static final String CANARY =
      """
      strategy: canary, steps: [{setWeight: 25}, {analysis: {action: k8s_health_check,
      params: {window: 3s}}}, pause, {setWeight: 50}, promote]""";

  private static final String BLUE_GREEN =
      """
      strategy: blue-green, scaleDownDelay: 3s, autoPromotion: false,
      checks: [{action: http_check, params: {url: "${output:rollout-preview.url}/health"}}]""";

  @TempDir private Path folder;
  private Cluster cluster;
  private Slipway slipway;
  private FullStackApplication application;

  @BeforeEach
  void deliverTheFirst() throws Exception {
    cluster = Cluster.ofEnvironment();
    slipway = Slipway.on(Slipway.Engine.DEVELOPMENT_SERVER);
    cluster.namespace(NAMESPACE);
    cluster.opensPort(NAMESPACE, FullStackApplication.NAME, PORT);
    application =
        FullStackApplication.in(folder.resolve("app"), cluster.registry(), SHOP.toString())
            .write("slipway.yaml", file("strategy: rolling"))
            .commit("Deliver nothing but an image");
    slipway.must(
        application.folder(),
        "cluster",
        "add",
        "--kubeconfig",
        cluster.kubeconfig().toString(),
        "--context",
        cluster.context());
    slipway.must(application.folder(), "run");
  }

  private String file(String strategy) {
    return """
        application: %s
        registry: %s
        stages:
          - name: build
            steps:
              - {name: image, action: docker_build, params: {push: true}}
          - name: serve
            steps:
              - {name: rollout, action: k8s_rollout, params: {namespace: %s, image: "${DOCKER_IMAGE}", replicas: 4, health: /health, %s}}
        """
        .formatted(
            FullStackApplication.NAME, cluster.registry(), NAMESPACE, strategy.replace("\n", " "));
  }

  @AfterEach
  void end() throws Exception {
    try (var _ = cluster) {
      slipway.close();
    }
  }

  @Test
  void aCanaryGetsItsShareAndThenEverything() throws Exception {
    application.answers("two").write("slipway.yaml", file(CANARY)).commit("Two");
    try (var visitors = Visitors.of(SHOP)) {
      slipway.must(application.folder(), "run", "--detach");
      awaitQuestion("Go on with");

      assertThat(share("two")).as("of 400 visits").isBetween(50, 150);
      assertThat(live().path("release").asLong()).isEqualTo(1);
      slipway.must(application.folder(), "approve");
      slipway.must(application.folder(), "watch");

      visitors.stop();
      assertThat(visitors.failures()).isEmpty();
      assertThat(visitors.answered()).isGreaterThan(100);
    }
    assertReleased(2, "two");
  }

  @Test
  void aCanaryThatAPersonRefusesLeavesNothingAlsoAfterTheWorkerWasKilled() throws Exception {
    application.answers("two").write("slipway.yaml", file(CANARY)).commit("Two");
    try (var visitors = Visitors.of(SHOP)) {
      slipway.must(application.folder(), "run", "--detach");
      awaitQuestion("Go on with");
      killServer();

      slipway.must(application.folder(), "reject", "--comment", "errors are rising");
      var end = slipway.run(application.folder(), "watch");

      assertThat(end.code()).as(end.all()).isEqualTo(4);
      assertThat(end.all()).contains("errors are rising");
      visitors.stop();
      assertThat(visitors.failures()).isEmpty();
    }
    assertReleased(1, "one");
  }

  @Test
  void blueGreenIsLookedAtBeforeItIsSwitchedAlsoWhenTheWorkerIsKilledMeanwhile() throws Exception {
    application.answers("two").write("slipway.yaml", file(BLUE_GREEN)).commit("Two");
    try (var visitors = Visitors.of(SHOP)) {
      slipway.must(application.folder(), "run", "--detach");
      awaitQuestion("Go on with");

      assertThat(share("two")).isZero();
      slipway.must(application.folder(), "approve");
      await().atMost(LIMIT).until(() -> share("one") == 0);
      killServer();
      slipway.must(application.folder(), "watch");

      visitors.stop();
      assertThat(visitors.failures()).isEmpty();
    }
    assertReleased(2, "two");
  }

  private void killServer() throws Exception {
    var server = slipway.server();
    server.destroyForcibly();
    server.onExit().join();
    slipway.must(application.folder(), "server", "start");
  }

  private void awaitQuestion(String subject) throws Exception {
    var status =
        await()
            .atMost(LIMIT)
            .until(
                () -> slipway.json(application.folder(), "status"),
                now -> now.path("question").isObject() || now.hasNonNull("endedAt"));
    assertThat(status.at("/question/subject").asText(""))
        .as(status.toPrettyString())
        .startsWith(subject);
  }

  /** How many of 400 visits were answered so. */
  private static int share(String text) throws IOException, InterruptedException {
    var count = 0;
    for (var visit = 0; visit < 400; visit++) {
      // A connection of its own each time: one that is kept stays with its pod.
      try (var client = HttpClient.newHttpClient()) {
        var answer = client.send(HttpRequest.newBuilder(SHOP).build(), BodyHandlers.ofString());
        count += answer.body().strip().equals(text) ? 1 : 0;
      }
    }
    return count;
  }

  private void assertReleased(long release, String text) throws Exception {
    // The last old pod may still answer while the nodes hear that it goes.
    await().untilAsserted(() -> assertThat(share(text)).isEqualTo(400));
    assertThat(live().path("release").asLong()).isEqualTo(release);
    assertThat(live().path("drift").asText("")).isEmpty();
    assertThat(cluster.image(NAMESPACE, FullStackApplication.NAME))
        .endsWith("@" + live().path("artifact").asText());
    assertThat(cluster.kubectl("", "get", "deployments,services", "-n", NAMESPACE, "-o", "name"))
        .isEqualTo(
            """
            deployment.apps/%1$s
            service/%1$s
            """
                .formatted(FullStackApplication.NAME));
    assertThat(
            cluster
                .deployment(NAMESPACE, FullStackApplication.NAME)
                .at("/status/availableReplicas")
                .asInt())
        .isEqualTo(4);
  }

  private JsonNode live() throws Exception {
    return slipway.json(application.folder(), "live", NAMESPACE).get(0);
  }
}
