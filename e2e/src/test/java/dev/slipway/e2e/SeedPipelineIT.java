package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pipeline file of the product's first article, with its registry and its URL put in: from a
 * commit to three verified replicas in a cluster, there and back.
 */
class SeedPipelineIT {
  private static final int STAGING_PORT = 30_981;
  private static final int PRODUCTION_PORT = 30_982;
  private static final URI PRODUCTION = URI.create("http://127.0.0.1:" + PRODUCTION_PORT + "/");

  @TempDir private Path folder;

  @Test
  void aCommitBecomesThreeVerifiedReplicasAndGoesBackWithoutALostRequest() throws Exception {
    try (var cluster = Cluster.ofEnvironment();
        var slipway = Slipway.on(Slipway.Engine.DEVELOPMENT_SERVER)) {
      cluster.namespace("staging");
      cluster.namespace("production");
      cluster.opensPort("staging", FullStackApplication.NAME, STAGING_PORT);
      cluster.opensPort("production", FullStackApplication.NAME, PRODUCTION_PORT);
      var application =
          FullStackApplication.in(
              folder.resolve("app"), cluster.registry(), "http://127.0.0.1:" + STAGING_PORT);
      var typist = new Typist(slipway, application.folder(), cluster);
      typist.types("slipway cluster add --kubeconfig FILE --context CONTEXT");
      assertThat(typist.types("slipway cluster list")).contains("default");
      assertThat(typist.types("slipway validate")).contains("valid: full-stack");
      assertThat(typist.types("slipway rbac production"))
          .contains("namespace: production", "kind: Role");
      assertThat(typist.types("slipway plan production"))
          .contains("Deployment/full-stack  created", "${image:backend-build}");
      assertThat(cluster.kubectl("", "get", "deployments,leases", "-n", "production", "-o", "name"))
          .isEmpty();

      deliver(slipway, application.folder(), typist);

      var first = live(slipway, application, "production");
      assertThat(first.path("approvedBy").get(0).asText()).isNotEmpty();
      assertThat(cluster.image("production", FullStackApplication.NAME))
          .endsWith("@" + first.path("artifact").asText());
      assertThat(cluster.image("staging", FullStackApplication.NAME))
          .isEqualTo(cluster.image("production", FullStackApplication.NAME));
      assertThat(
              cluster
                  .deployment("production", FullStackApplication.NAME)
                  .at("/status/availableReplicas")
                  .asInt())
          .isEqualTo(3);
      await().untilAsserted(() -> assertThat(get(PRODUCTION)).isEqualTo("one\n"));
      assertThat(digestOf(cluster, "latest")).isEqualTo(first.path("artifact").asText());
      assertThat(digestOf(cluster, first.path("commit").asText()))
          .isEqualTo(first.path("artifact").asText());

      try (var visitors = Visitors.of(PRODUCTION)) {
        application.answers("two").commit("Say two");
        assertThat(typist.types("slipway plan production"))
            .contains(
                "Deployment/full-stack  changed",
                first.path("artifact").asText("").substring(0, 19));
        deliver(slipway, application.folder(), typist);
        await().untilAsserted(() -> assertThat(get(PRODUCTION)).isEqualTo("two\n"));

        typist.types("slipway rollback production");
        await().untilAsserted(() -> assertThat(get(PRODUCTION)).isEqualTo("one\n"));
        assertThat(cluster.image("production", FullStackApplication.NAME))
            .endsWith("@" + first.path("artifact").asText());
        assertThat(live(slipway, application, "production").path("release").asLong()).isEqualTo(1);
        visitors.stop();
        assertThat(visitors.failures()).isEmpty();
        assertThat(visitors.answered()).isGreaterThan(500);
      }

      holdAndRefuse(slipway, application, typist);

      cluster.kubectl(
          "", "scale", "deployment", FullStackApplication.NAME, "--replicas=0", "-n", "production");
      assertThat(live(slipway, application, "production").path("drift").asText())
          .isEqualTo("does not run");
      assertThat(typist.types("slipway live")).contains("does not run");
      assertThat(typist.types("slipway live production")).contains("does not run");
      assertThat(typist.typed()).containsAll(Page.read("docs/kubernetes.md").commands());
    }
  }

  @Test
  void theStorefrontBecomesThreeVerifiedReplicasInOneRun() throws Exception {
    try (var cluster = Cluster.ofEnvironment();
        var slipway = Slipway.on(Slipway.Engine.DEVELOPMENT_SERVER)) {
      var application =
          StorefrontApplication.in(
              folder.resolve("shop"), cluster.registry(), "http://127.0.0.1:" + STAGING_PORT);
      StorefrontApplication.pushDatabase(cluster);
      cluster.namespace("staging");
      cluster.namespace("production");
      application.prepare(cluster, "staging", STAGING_PORT);
      application.prepare(cluster, "production", PRODUCTION_PORT);
      var typist = new Typist(slipway, application.folder(), cluster);
      typist.types("slipway cluster add --kubeconfig FILE --context CONTEXT");
      var warned = slipway.run(application.folder(), "validate");
      assertThat(warned.code()).as(warned.all()).isZero();
      assertThat(warned.all()).contains("valid: storefront", "warning");

      deliver(slipway, application.folder(), typist);

      var image = cluster.image("production", StorefrontApplication.NAME);
      var digest = image.substring(image.indexOf("sha256:"));
      assertThat(cluster.image("staging", StorefrontApplication.NAME)).isEqualTo(image);
      assertThat(
              cluster
                  .deployment("production", StorefrontApplication.NAME)
                  .at("/status/availableReplicas")
                  .asInt())
          .isEqualTo(3);
      var live = slipway.json(application.folder(), "live", StorefrontApplication.NAME);
      assertThat(live.findValuesAsText("environment"))
          .containsExactlyInAnyOrder("storefront/staging", "storefront/production");
      assertThat(live.findValuesAsText("artifact")).containsExactly(digest, digest);
      assertThat(live).noneMatch(each -> each.hasNonNull("drift"));
      assertThat(slipway.must(application.folder(), "live", StorefrontApplication.NAME))
          .contains("storefront/staging", "storefront/production")
          .containsOnlyOnce("approved by")
          .contains("artifact       " + digest);
      await().untilAsserted(() -> assertThat(get(PRODUCTION)).contains("<title>Tidewater</title>"));
      assertThat(get(PRODUCTION.resolve("/api/products"))).contains("priceCents");
      assertThat(get(PRODUCTION.resolve("/api/version"))).contains("production");
    }
  }

  /** Types what the page about clusters says, with this test's own file and context. */
  private record Typist(Slipway slipway, Path folder, Cluster cluster, Set<String> typed) {
    Typist(Slipway slipway, Path folder, Cluster cluster) {
      this(slipway, folder, cluster, new LinkedHashSet<>());
    }

    String types(String command) throws Exception {
      typed.add(command);
      var words =
          command
              .replace("FILE", cluster.kubeconfig().toString())
              .replace("CONTEXT", cluster.context())
              .split(" ", -1);
      return slipway.must(folder, Arrays.copyOfRange(words, 1, words.length));
    }
  }

  /** In one `slipway run`, while somebody approves. */
  private static void deliver(Slipway slipway, Path folder, Typist typist) throws Exception {
    var run = slipway.start(folder, "run");
    run.getOutputStream().close();
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofSeconds(2))
        .until(() -> !run.isAlive() || isAsking(slipway, folder));
    if (!run.isAlive()) {
      throw new AssertionError(
          "the run asked nobody:\n"
              + new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              + slipway.run(folder, "logs").all());
    }
    typist.types("slipway approve");
    typist.typed().add("slipway run");
    var said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(run.exitValue()).as(said).isZero();
  }

  /** A person has second thoughts about a run, before it reaches any environment. */
  private static void holdAndRefuse(
      Slipway slipway, FullStackApplication application, Typist typist) throws Exception {
    application.answers("three").commit("Say three");
    slipway.must(application.folder(), "run", "--detach");
    assertThat(typist.types("slipway pause")).contains("begins no further step");
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> isAsking(slipway, application.folder()));
    typist.types("slipway reject");
    assertThat(slipway.run(application.folder(), "watch").code()).isEqualTo(1);
    assertThat(get(PRODUCTION)).isEqualTo("one\n");
  }

  private static boolean isAsking(Slipway slipway, Path folder) throws Exception {
    var status = slipway.run(folder, "status", "--json");
    return status.code() == 0 && new ObjectMapper().readTree(status.out()).hasNonNull("question");
  }

  private static JsonNode live(
      Slipway slipway, FullStackApplication application, String environment) throws Exception {
    return slipway.json(application.folder(), "live", environment).get(0);
  }

  private static String get(URI address) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }
  }

  private static String digestOf(Cluster cluster, String tag) throws Exception {
    var address =
        URI.create(
            "http://%s/v2/%s/manifests/%s"
                .formatted(cluster.registry(), FullStackApplication.NAME, tag));
    var request =
        HttpRequest.newBuilder(address)
            .header("Accept", "application/vnd.docker.distribution.manifest.v2+json")
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(request, BodyHandlers.discarding())
          .headers()
          .firstValue("Docker-Content-Digest")
          .orElseThrow();
    }
  }
}
