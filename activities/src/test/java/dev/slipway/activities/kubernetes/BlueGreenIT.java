package dev.slipway.activities.kubernetes;

import static dev.slipway.activities.kubernetes.ClusterWorld.STAGING;
import static dev.slipway.activities.kubernetes.ClusterWorld.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.action.FailureType;
import dev.slipway.activities.target.Exposure.Preview;
import dev.slipway.activities.target.Exposure.Share;
import dev.slipway.activities.target.Exposure.Switched;
import dev.slipway.environment.KubernetesDeployment;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A candidate at full size is looked at, gets all traffic at once, and gives it back at once. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BlueGreenIT {
  private static final String ALONE = "{app.kubernetes.io/name=shop}";

  private final TestImages images = new TestImages();
  @TempDir private Path folder;
  private ClusterWorld world;
  private KubernetesDeployment one;
  private KubernetesDeployment two;

  @BeforeEach
  void open() throws Exception {
    world = ClusterWorld.open(folder);
    one = release(1, images.serving("one"), 2);
    two = release(2, images.serving("two"), 2);
    world.apply(one);
  }

  @AfterEach
  void close() {
    if (world != null) {
      world.close();
    }
  }

  private void oneAloneServes() throws Exception {
    assertThat(world.objects()).containsExactly("shop of 2", "shop to " + ALONE);
    assertThat(world.target.running(STAGING)).contains(one);
    assertThat(world.pods()).hasSize(2);
    assertThat(service("shop").getMetadata().getAnnotations())
        .doesNotContainKey(CandidateMarks.LED);
  }

  private Service service(String name) {
    return world.admin().services().inNamespace(world.namespace.name()).withName(name).get();
  }

  private static String get(URI address) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }
  }

  @Test
  void itIsLookedAtThenSwitchedToThenPromotedWithoutAFailedRequest() throws Exception {
    try (var traffic = new SteadyTraffic(world.door(), 200)) {
      var preview = world.expose(two, new Preview()).orElseThrow();

      await().ignoreExceptions().untilAsserted(() -> assertThat(get(preview)).isEqualTo("two"));
      assertThat(traffic.next(400)).containsOnly("one");
      assertThat(world.target.running(STAGING)).contains(one);
      assertThat(world.objects()).contains("shop of 2", "shop-candidate of 2");

      var again = world.expose(two, new Switched());

      assertThat(again).contains(preview);
      await().untilAsserted(() -> assertThat(traffic.next(200)).containsOnly("two"));
      assertThat(world.target.running(STAGING)).contains(two);
      assertThat(world.objects()).contains("shop of 2", "shop-candidate of 2");
      assertThat(service("shop").getMetadata().getAnnotations().get(CandidateMarks.LED))
          .isEqualTo("{\"to\":\"shop\",\"selector\":{\"app.kubernetes.io/name\":\"shop\"}}");
      var probe =
          world.target.probe(STAGING, Duration.ofSeconds(2), Duration.ofMillis(500), world.log);
      assertThat(probe.problems()).isEmpty();
      // Two looks at the least, at two pods and one Service of either release.
      assertThat(probe.passed()).isGreaterThanOrEqualTo(2 * (4 + 2));

      var since = System.nanoTime();
      world.apply(two);

      assertThat(traffic.answers(since)).containsOnly("two");
      assertThat(traffic.next(400)).containsOnly("two");
      assertThat(traffic.failures()).isEmpty();
    }
    assertThat(world.objects()).containsExactly("shop of 2", "shop to " + ALONE);
    assertThat(world.target.running(STAGING)).contains(two);
    assertThat(world.pods()).hasSize(2);
  }

  @Test
  void trafficIsBackBeforeAnyPodIsMade() throws Exception {
    try (var traffic = new SteadyTraffic(world.door(), 200)) {
      world.expose(two, new Switched());
      await().untilAsserted(() -> assertThat(traffic.next(200)).contains("two"));
      var before = world.pods();

      world.apply(one);

      await().untilAsserted(() -> assertThat(traffic.next(200)).containsOnly("one"));
      assertThat(before).containsAll(world.pods());
      oneAloneServes();
      assertThat(traffic.failures()).isEmpty();
    }
  }

  @Test
  void aPreviewGoesAwayUnnoticed() throws Exception {
    try (var traffic = new SteadyTraffic(world.door(), 200)) {
      var before = world.pods();
      world.expose(two, new Preview());

      world.apply(one);

      assertThat(traffic.next(400)).containsOnly("one");
      assertThat(traffic.failures()).isEmpty();
      assertThat(world.pods()).isEqualTo(before);
    }
    oneAloneServes();
  }

  @Test
  void whatWasSwitchedToIsAPreviewAgain() throws Exception {
    world.expose(two, new Switched());

    world.expose(two, new Preview());

    assertThat(world.objects()).contains("shop to " + ALONE, "shop-candidate of 2");
    assertThat(world.target.running(STAGING)).contains(one);
  }

  @Test
  void thereIsAWayBackInTheMiddleOfItsPromotion() throws Exception {
    try (var traffic = new SteadyTraffic(world.door(), 200)) {
      world.expose(two, new Switched());
      world.said.clear();
      var promotion =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      world.apply(two);
                    } catch (Exception e) {
                      world.said.add("ended by " + e.getClass().getSimpleName());
                    }
                  });
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  world.said.stream()
                      .anyMatch(line -> line.matches("[01] of 2 new pods ready, [1-9] old.*")));
      promotion.interrupt();
      promotion.join();
      assertThat(world.said).contains("ended by InterruptedException");
      await().untilAsserted(() -> assertThat(traffic.next(100)).containsOnly("two"));

      world.apply(one);

      await().untilAsserted(() -> assertThat(traffic.next(100)).containsOnly("one"));
      oneAloneServes();
      assertThat(traffic.failures()).isEmpty();
    }
  }

  @Test
  void aCandidateThatCrashesIsToldAndNobodyNoticesIt() throws Exception {
    try (var traffic = new SteadyTraffic(world.door(), 200)) {
      var before = world.pods();

      var failure =
          world.failureOf(() -> world.expose(release(2, images.crashing(), 2), new Switched()));

      assertThat(failure.type()).isEqualTo(FailureType.UNHEALTHY);
      assertThat(failure.happened()).contains("shop-candidate").endsWith("boom: no price list");
      assertThat(world.target.running(STAGING)).contains(one);

      world.apply(one);

      assertThat(world.pods()).isEqualTo(before);
      assertThat(traffic.failures()).isEmpty();
    }
    oneAloneServes();
  }

  @Test
  void aShareBecomesAPreviewAndBack() throws Exception {
    world.expose(two, new Share(50));

    world.expose(two, new Preview());

    assertThat(world.objects()).contains("shop of 2", "shop-candidate of 2", "shop to " + ALONE);

    world.expose(two, new Share(50));

    assertThat(world.objects()).contains("shop of 1", "shop-candidate of 1").hasSize(3);
  }

  @Test
  void exactlyOneServiceIsNeeded() throws Exception {
    var second =
        new ServiceBuilder()
            .withNewMetadata()
            .withName("internal")
            .withNamespace(world.namespace.name())
            .endMetadata()
            .withNewSpec()
            .addToSelector(Marks.NAME, "shop")
            .addNewPort()
            .withPort(81)
            .withTargetPort(new IntOrString(8080))
            .endPort()
            .endSpec()
            .build();
    world.admin().resource(second).create();

    var refused = world.failureOf(() -> world.expose(two, new Preview()));

    assertThat(refused.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(refused.happened()).contains("2 Services").endsWith("internal, shop");
    assertThat(world.pods()).hasSize(2);
    world.admin().resource(second).delete();
    world.admin().resource(service("shop")).delete();
    assertThat(world.failureOf(() -> world.expose(two, new Preview())).happened())
        .startsWith("no Service with a port");
  }

  @Test
  void somebodyElsesObjectsOfItsNamesStayUntouched() throws Exception {
    var theirs =
        new ServiceBuilder()
            .withNewMetadata()
            .withName("shop-preview")
            .withNamespace(world.namespace.name())
            .endMetadata()
            .withNewSpec()
            .addToSelector("app", "other")
            .addNewPort()
            .withPort(80)
            .endPort()
            .endSpec()
            .build();
    world.admin().resource(theirs).create();

    var refused = world.failureOf(() -> world.expose(two, new Preview()));

    assertThat(refused.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(refused.happened()).contains("Service shop-preview").contains("somebody else's");
    assertThat(world.objects())
        .containsExactlyInAnyOrder("shop of 2", "shop to " + ALONE, "shop-preview to {app=other}");
    world.apply(one);
    world.target.stop(STAGING, world.nextToken(), world.log);
    assertThat(world.objects()).containsExactly("shop-preview to {app=other}");
  }

  @Test
  void theEndOfTheApplicationIsTheEndOfItsCandidate() throws Exception {
    world.expose(two, new Switched());

    world.target.stop(STAGING, world.nextToken(), world.log);

    assertThat(world.objects()).isEmpty();
    assertThat(world.pods()).isEmpty();
    assertThat(world.target.running(STAGING)).isEmpty();
  }
}
