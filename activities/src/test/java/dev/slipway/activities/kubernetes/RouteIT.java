package dev.slipway.activities.kubernetes;

import static dev.slipway.activities.kubernetes.ClusterWorld.STAGING;
import static dev.slipway.activities.kubernetes.ClusterWorld.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.action.FailureType;
import dev.slipway.activities.target.Exposure.Preview;
import dev.slipway.activities.target.Exposure.Routed;
import dev.slipway.activities.target.Exposure.Switched;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A candidate gets a share of a real gateway's traffic; {@code cluster gateway} brings one. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RouteIT {
  private static final int GATEWAY = 8000;

  private final TestImages images = new TestImages();
  @TempDir private Path folder;
  private ClusterWorld world;
  private URI door;
  private KubernetesDeployment one;
  private KubernetesDeployment two;

  @BeforeEach
  void open() throws Exception {
    assertThat(gatewayAnswers()).as("the cluster's gateway at port %d", GATEWAY).isTrue();
    world = ClusterWorld.open(folder);
    one = release(1, images.serving("one"), 3);
    two = release(2, images.serving("two"), 3);
    world.apply(one);
    route("shop");
    door = URI.create("http://127.0.0.1:%d/%s".formatted(GATEWAY, world.namespace.name()));
    try (var traffic = new SteadyTraffic(door, 20)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> !traffic.answers(0).isEmpty());
    }
  }

  private static boolean gatewayAnswers() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), GATEWAY)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Leads to a Service under a path that nothing else has. */
  private void route(String service) {
    var yaml =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: door}
        spec:
          gatewayClassName: traefik
          listeners: [{name: web, protocol: HTTP, port: %d}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: web}
        spec:
          parentRefs: [{name: door}]
          rules:
          - matches: [{path: {type: PathPrefix, value: /%s}}]
            filters:
            - type: URLRewrite
              urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}
            backendRefs: [{name: %s, port: 80}]
        """
            .formatted(GATEWAY, world.namespace.name(), service);
    world.load(yaml);
  }

  @AfterEach
  void close() {
    if (world != null) {
      world.close();
    }
  }

  private List<String> backends() {
    var backends = new ArrayList<String>();
    for (var backend :
        Json.mapper().<JsonNode>valueToTree(world.route("web")).at("/spec/rules/0/backendRefs")) {
      backends.add(backend.path("name").asText() + " " + backend.path("weight").asInt());
    }
    return backends;
  }

  private void aloneServes(KubernetesDeployment release) throws Exception {
    assertThat(world.objects()).hasSize(2).contains("shop of 3");
    assertThat(world.target.running(STAGING)).contains(release);
    assertThat(backends()).containsExactly("shop 1");
    assertThat(String.valueOf(world.route("web").getMetadata().getAnnotations()))
        .doesNotContain(CandidateMarks.ROUTED);
  }

  @Test
  void anyShareIsPossibleAndIsPromotedWithoutAFailedRequest() throws Exception {
    try (var traffic = new SteadyTraffic(door, 200)) {
      world.expose(two, new Routed(10, "web"));

      assertThat(traffic.percent("two", 800)).isBetween(6.0, 14.0);
      assertThat(world.objects()).contains("shop of 3", "shop-candidate of 1");
      assertThat(world.target.running(STAGING)).contains(one);

      world.expose(two, new Routed(60, "web"));

      assertThat(traffic.percent("two", 800)).isBetween(52.0, 68.0);
      assertThat(world.objects()).contains("shop of 3", "shop-candidate of 2");

      world.apply(two);

      assertThat(traffic.next(100)).containsOnly("two");
      assertThat(traffic.failures()).isEmpty();
    }
    aloneServes(two);
  }

  @Test
  void thereIsAWayBackFromEveryShareWithoutAFailedRequest() throws Exception {
    try (var traffic = new SteadyTraffic(door, 200)) {
      for (var share : List.of(5, 80)) {
        world.expose(two, new Routed(share, "web"));

        world.apply(one);

        assertThat(traffic.next(100)).containsOnly("one");
        aloneServes(one);
      }
      assertThat(traffic.failures()).isEmpty();
    }
  }

  @Test
  void aSmallerShareNeedsFewerPods() throws Exception {
    world.expose(two, new Routed(90, "web"));
    world.expose(two, new Routed(20, "web"));

    assertThat(world.objects()).contains("shop of 3", "shop-candidate of 1");
    assertThat(backends()).containsExactly("shop 80", "shop-preview 20");
  }

  @Test
  void whatHasAShareCanBecomeAPreviewAndBeSwitched() throws Exception {
    try (var traffic = new SteadyTraffic(door, 200)) {
      world.expose(two, new Routed(50, "web"));

      world.expose(two, new Preview());
      assertThat(traffic.next(100)).containsOnly("one");
      assertThat(backends()).containsExactly("shop 1");

      world.expose(two, new Routed(50, "web"));
      world.expose(two, new Switched());
      await().untilAsserted(() -> assertThat(traffic.next(100)).containsOnly("two"));

      world.apply(one);
      await().untilAsserted(() -> assertThat(traffic.next(100)).containsOnly("one"));
      assertThat(traffic.failures()).isEmpty();
    }
    aloneServes(one);
  }

  @Test
  void whoeverComesAfterAnInterruptedShareGoesOn() throws Exception {
    var first = Thread.ofVirtual().start(this::exposeUntilStopped);
    await().atMost(Duration.ofSeconds(40)).until(() -> backends().size() == 2);
    first.interrupt();
    first.join();

    world.apply(one);

    aloneServes(one);
  }

  @Test
  void whoDeletesTheCandidateByHandDoesNotTakeAwayTheWayBack() throws Exception {
    world.expose(two, new Routed(50, "web"));
    var _ = world.deployment("shop-candidate").delete();

    world.apply(one);

    aloneServes(one);
  }

  private void exposeUntilStopped() {
    try {
      world.expose(two, new Routed(50, "web"));
    } catch (Exception e) {
      world.said.add("ended by " + e.getClass().getSimpleName());
    }
  }

  @Test
  void aRouteThatIsNotThereOrLeadsElsewhereIsRefusedAndLeavesNothingAfterTheWayBack()
      throws Exception {
    var missing = world.failureOf(() -> world.expose(two, new Routed(50, "wen")));

    assertThat(missing.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(missing.happened()).contains("there is no HTTPRoute wen");

    route("news");
    var elsewhere = world.failureOf(() -> world.expose(two, new Routed(50, "web")));

    assertThat(elsewhere.happened()).contains("no rule of HTTPRoute web leads to Service shop");
    world.apply(one);
    assertThat(world.objects()).hasSize(2).contains("shop of 3");
    assertThat(backends()).containsExactly("news 1");
  }
}
