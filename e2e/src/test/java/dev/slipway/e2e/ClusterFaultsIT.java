package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rollout in a cluster meets a bad image or loses its worker while people visit: all of them are
 * answered, and the ledger says what runs.
 */
class ClusterFaultsIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final int PORT = 30_983;
  private static final URI SHOP = URI.create("http://127.0.0.1:" + PORT + "/");
  private static final String NAMESPACE = "slipway-faults";

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
            .write(
                "slipway.yaml",
                """
                application: %s
                registry: %s
                stages:
                  - name: build
                    steps:
                      - {name: image, action: docker_build, params: {push: true}}
                  - name: serve
                    steps:
                      - {name: rollout, action: k8s_rollout, params: {namespace: %s, image: "${DOCKER_IMAGE}", replicas: 3, health: /health}}
                """
                    .formatted(FullStackApplication.NAME, cluster.registry(), NAMESPACE))
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

  @AfterEach
  void end() throws Exception {
    try (var _ = cluster) {
      slipway.close();
    }
  }

  @Test
  void anImageThatCrashesIsTakenBackAndSaysWhyItCrashed() throws Exception {
    var live = live();
    application
        .write(
            "Dockerfile",
            """
            FROM scratch
            COPY busybox /bin/busybox
            ENTRYPOINT ["/bin/busybox", "sh", "-c", "echo there is no configuration; exit 3"]
            """)
        .commit("Crash");
    try (var visitors = Visitors.of(SHOP)) {
      var begin = System.nanoTime();
      var run = slipway.run(application.folder(), "run");
      var took = Duration.ofNanos(System.nanoTime() - begin);

      assertThat(run.code()).as(run.all()).isEqualTo(4);
      assertThat(run.all()).contains("there is no configuration", "3");
      assertThat(took).as("not at the time limit").isLessThan(Duration.ofMinutes(3));
      visitors.stop();
      assertThat(visitors.failures()).isEmpty();
      assertThat(visitors.answered()).isGreaterThan(100);
    }
    assertThat(live()).isEqualTo(live);
    assertThat(live.path("drift").isMissingNode() || live.path("drift").isNull()).isTrue();
    assertThat(cluster.image(NAMESPACE, FullStackApplication.NAME))
        .endsWith("@" + live.path("artifact").asText());
  }

  @Test
  void aKilledWorkerIsNoticedByNoVisitor() throws Exception {
    application
        .answers("two")
        .write(
            "Dockerfile",
            """
            FROM scratch
            COPY busybox /bin/busybox
            COPY site /www
            ENTRYPOINT ["/bin/busybox", "sh", "-c", "/bin/busybox sleep 4; exec /bin/busybox httpd -f -p 8080 -h /www"]
            """)
        .commit("Start slowly");
    try (var visitors = Visitors.of(SHOP)) {
      slipway.must(application.folder(), "run", "--detach");
      await().atMost(LIMIT).until(() -> newPods() > 0);

      var server = slipway.server();
      server.destroyForcibly();
      server.onExit().join();
      slipway.must(application.folder(), "server", "start");

      slipway.must(application.folder(), "watch");
      visitors.stop();
      assertThat(visitors.failures()).isEmpty();
      assertThat(visitors.answered()).isGreaterThan(100);
    }
    assertThat(live().path("release").asLong()).isEqualTo(2);
    assertThat(live().path("drift").asText("")).isEmpty();
    assertThat(cluster.image(NAMESPACE, FullStackApplication.NAME))
        .endsWith("@" + live().path("artifact").asText());
    assertThat(
            cluster
                .deployment(NAMESPACE, FullStackApplication.NAME)
                .at("/status/availableReplicas")
                .asInt())
        .isEqualTo(3);
  }

  private int newPods() throws Exception {
    var status = cluster.deployment(NAMESPACE, FullStackApplication.NAME).path("status");
    return status.path("replicas").asInt() > 3 ? status.path("updatedReplicas").asInt() : 0;
  }

  private JsonNode live() throws Exception {
    return slipway.json(application.folder(), "live", NAMESPACE).get(0);
  }
}
