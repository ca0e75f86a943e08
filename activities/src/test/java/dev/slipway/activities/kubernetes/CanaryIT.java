package dev.slipway.activities.kubernetes;

import static dev.slipway.activities.kubernetes.ClusterWorld.STAGING;
import static dev.slipway.activities.kubernetes.ClusterWorld.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.action.FailureType;
import dev.slipway.activities.target.Exposure.Share;
import dev.slipway.environment.KubernetesDeployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A candidate gets a share of the pods, and nobody who asks notices how it comes and goes. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CanaryIT {
  private static final String ALONE = "{app.kubernetes.io/name=shop}";

  private final TestImages images = new TestImages();
  @TempDir private Path folder;
  private ClusterWorld world;
  private KubernetesDeployment one;
  private KubernetesDeployment two;

  @BeforeEach
  void open() throws Exception {
    world = ClusterWorld.open(folder);
    one = release(1, images.serving("one"), 4);
    two = release(2, images.serving("two"), 4);
    world.apply(one);
  }

  @AfterEach
  void close() {
    if (world != null) {
      world.close();
    }
  }

  private void oneAloneServes() throws Exception {
    assertThat(world.objects()).containsExactly("shop of 4", "shop to " + ALONE);
    assertThat(world.target.running(STAGING)).contains(one);
    assertThat(world.pods()).hasSize(4);
    assertThat(world.live().getMetadata().getAnnotations())
        .doesNotContainKey(CandidateMarks.FULL_SIZE);
  }

  @Test
  void itsShareGrowsAndIsPromotedWithoutAFailedRequest() throws Exception {
    try (var traffic = new SteadyTraffic(world.door(), 200)) {
      assertThat(traffic.next(200)).containsOnly("one");

      var own = world.expose(two, new Share(25));

      assertThat(own).isEmpty();
      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(() -> assertThat(traffic.percent("two", 800)).isBetween(17.0, 33.0));
      assertThat(world.pods()).hasSize(4);
      assertThat(world.target.running(STAGING)).contains(one);

      world.expose(two, new Share(50));

      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(() -> assertThat(traffic.percent("two", 800)).isBetween(40.0, 60.0));
      assertThat(world.pods()).hasSize(4);

      world.apply(two);

      await().untilAsserted(() -> assertThat(traffic.next(100)).containsOnly("two"));
      assertThat(traffic.failures()).isEmpty();
    }
    assertThat(world.objects()).containsExactly("shop of 4", "shop to " + ALONE);
    assertThat(world.target.running(STAGING)).contains(two);
    assertThat(world.pods()).hasSize(4);
  }

  @Test
  void thereIsAWayBackFromEveryShareWithoutAFailedRequest() throws Exception {
    try (var traffic = new SteadyTraffic(world.door(), 200)) {
      for (var share : List.of(25, 75)) {
        world.expose(two, new Share(25));
        world.expose(two, new Share(share));

        world.apply(one);

        oneAloneServes();
        await().untilAsserted(() -> assertThat(traffic.next(100)).containsOnly("one"));
      }
      assertThat(traffic.failures()).isEmpty();
    }
  }

  @Test
  void thereIsAWayBackInTheMiddleOfItsPromotion() throws Exception {
    try (var traffic = new SteadyTraffic(world.door(), 200)) {
      world.expose(two, new Share(50));
      var promotion = started(() -> world.apply(two));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> said("[1-3] of 4 new pods ready, [1-9] old.*"));
      promotion.interrupt();
      promotion.join();

      world.apply(one);

      oneAloneServes();
      await().untilAsserted(() -> assertThat(traffic.next(100)).containsOnly("one"));
      assertThat(traffic.failures()).isEmpty();
    }
  }

  private Thread started(ClusterWorld.ThrowingWork work) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                work.run();
              } catch (Exception e) {
                world.said.add("ended by " + e.getClass().getSimpleName());
              }
            });
  }

  private boolean said(String pattern) {
    return world.said.stream().anyMatch(line -> line.matches(pattern));
  }

  @Test
  void aSmallerShareNeverLeavesFewerPodsThanAreWanted() throws Exception {
    world.expose(two, new Share(75));
    var fewest = new AtomicInteger(Integer.MAX_VALUE);
    var counting =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    fewest.accumulateAndGet(ready(), Math::min);
                  }
                });

    world.expose(two, new Share(25));

    counting.interrupt();
    counting.join();
    assertThat(fewest.get()).isEqualTo(4);
    assertThat(world.objects()).contains("shop of 3", "shop-candidate of 1");
  }

  private int ready() {
    return (int)
        world.admin().pods().inNamespace(world.namespace.name()).list().getItems().stream()
            .filter(RolloutView::isReady)
            .count();
  }

  @Test
  void exposedTwiceIsExposedOnce() throws Exception {
    world.expose(two, new Share(25));
    var before = world.pods();

    world.expose(two, new Share(25));

    assertThat(world.pods()).isEqualTo(before).hasSize(4);
  }

  @Test
  void anotherCandidateTakesThePlaceOfAnOlderOne() throws Exception {
    world.expose(two, new Share(50));
    var three = release(3, images.serving("three"), 4);

    world.expose(three, new Share(25));

    assertThat(world.objects()).contains("shop of 3", "shop-candidate of 1");
    try (var traffic = new SteadyTraffic(world.door(), 200)) {
      await()
          .untilAsserted(
              () -> assertThat(traffic.next(200)).contains("three").doesNotContain("two"));
    }
    world.apply(one);
    oneAloneServes();
  }

  @Test
  void aCandidateThatCrashesIsToldAndNobodyNoticesIt() throws Exception {
    try (var traffic = new SteadyTraffic(world.door(), 200)) {
      var before = world.pods();

      var failure =
          world.failureOf(() -> world.expose(release(2, images.crashing(), 4), new Share(25)));

      assertThat(failure.type()).isEqualTo(FailureType.UNHEALTHY);
      assertThat(failure.happened()).contains("shop-candidate").endsWith("boom: no price list");
      assertThat(world.pods()).containsAll(before);
      var probe = world.target.probe(STAGING, Duration.ZERO, Duration.ofMillis(1), world.log);
      assertThat(probe.problems()).isNotEmpty().allMatch(text -> text.startsWith("candidate: "));

      world.apply(one);

      assertThat(world.pods()).isEqualTo(before);
      oneAloneServes();
      assertThat(traffic.failures()).isEmpty();
    }
  }

  @Test
  void anInterruptedOneIsGoneOnWithAndHasItsWayBack() throws Exception {
    for (var goesOn : List.of(true, false)) {
      world.said.clear();
      var exposing = started(() -> world.expose(two, new Share(50)));
      await().atMost(Duration.ofSeconds(30)).until(() -> said("[01] of 2 new pods ready, 0 old"));
      exposing.interrupt();
      exposing.join();
      assertThat(said("ended by InterruptedException")).isTrue();

      if (goesOn) {
        world.expose(two, new Share(50));
        assertThat(world.objects()).contains("shop of 2", "shop-candidate of 2");
      }

      world.apply(one);
      oneAloneServes();
    }
  }

  @Test
  void whatTheReplicasCannotExpressIsRefused() throws Exception {
    var refused = world.failureOf(() -> world.expose(two, new Share(10)));

    assertThat(refused.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(refused.happened())
        .isEqualTo("4 replicas can't give a candidate 10 % of the traffic");
    assertThat(refused.advice()).contains("25, 50, 75 %");
    oneAloneServes();
  }

  @Test
  void anAutoscaledOneIsRefused() throws Exception {
    world
        .admin()
        .resource(
            new HorizontalPodAutoscalerBuilder()
                .withNewMetadata()
                .withName("shop")
                .withNamespace(world.namespace.name())
                .endMetadata()
                .withNewSpec()
                .withNewScaleTargetRef("apps/v1", "Deployment", "shop")
                .withMinReplicas(4)
                .withMaxReplicas(5)
                .endSpec()
                .build())
        .create();

    var refused = world.failureOf(() -> world.expose(two, new Share(25)));

    assertThat(refused.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(refused.happened()).contains("autoscaler");
    oneAloneServes();
  }

  @Test
  void aLowerFencingTokenChangesNothing() throws Exception {
    var late = world.nextToken();
    world.expose(two, new Share(25));
    var before = world.objects();

    var exposed =
        world.failureOf(() -> world.target.expose(STAGING, two, new Share(50), late, world.log));
    var stopped = world.failureOf(() -> world.target.stop(STAGING, late, world.log));

    assertThat(exposed.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(exposed.happened()).contains("newer fencing token");
    assertThat(stopped.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(world.objects()).isEqualTo(before);
  }

  @Test
  void theFirstReleaseServesAtOnce() throws Exception {
    world.target.stop(STAGING, world.nextToken(), world.log);

    world.expose(one, new Share(25));

    oneAloneServes();
  }
}
