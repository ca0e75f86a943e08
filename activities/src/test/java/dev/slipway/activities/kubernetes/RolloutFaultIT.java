package dev.slipway.activities.kubernetes;

import static dev.slipway.activities.kubernetes.ClusterWorld.STAGING;
import static dev.slipway.activities.kubernetes.ClusterWorld.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.activities.home.Home;
import dev.slipway.activities.target.Target.RolloutSettings;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens while a rollout is under way, and what people notice of it. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RolloutFaultIT {
  private final TestImages images = new TestImages();
  @TempDir private Path folder;
  private ClusterWorld world;

  @BeforeEach
  void open() throws Exception {
    world = ClusterWorld.open(folder);
  }

  @AfterEach
  void close() {
    if (world != null) {
      world.close();
    }
  }

  @Test
  void rollingForthAndBackFailsNoRequestOfAnApplicationThatEndsAtOnce() throws Exception {
    var one = release(1, images.serving("one"), 3);
    var two = release(2, images.serving("two"), 3);
    world.apply(one);
    var door = world.door();
    try (var traffic = new SteadyTraffic(door, 100)) {
      await().until(() -> traffic.requests() > 100);

      world.apply(two);
      world.apply(one);

      var seen = traffic.requests();
      await().until(() -> traffic.requests() > seen + 100);
      assertThat(traffic.failures()).isEmpty();
      assertThat(seen).isGreaterThan(300);
    }
  }

  @Test
  void aRolloutOutlivesTheLossOfTheCluster() throws Exception {
    var given = Kubeconfig.context(world.kubeconfig, world.context);
    var server = URI.create(given.server().getServer());
    try (var proxy = new TcpProxy(server.getHost(), server.getPort());
        var clusters = new Clusters(Home.at(folder.resolve("proxied")))) {
      var proxied =
          new Kubeconfig(
              new ClusterBuilder(given.server())
                  .withServer("https://127.0.0.1:" + proxy.port())
                  .build(),
              given.user());
      var file = Files.writeString(folder.resolve("proxied.kubeconfig"), proxied.yaml());
      var _ = clusters.add("far", file, "slipway");
      var target =
          new KubernetesTarget(
              clusters.open("far"), world.namespace, world.store, "engine-1", ClusterWorld.LIMITS);
      world.apply(release(1, images.serving("one"), 3));
      var two = release(2, images.serving("two"), 3);
      var failed = new AtomicReference<Exception>();
      var rollout =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      target.apply(
                          STAGING, two, RolloutSettings.DEFAULT, world.nextToken(), world.log);
                    } catch (Exception e) {
                      failed.set(e);
                    }
                  });
      await().atMost(Duration.ofSeconds(30)).until(() -> isHalfWay());

      proxy.cut();
      await().atMost(Duration.ofSeconds(30)).until(() -> said("cluster far does not answer"));
      await()
          .pollDelay(Duration.ofSeconds(30))
          .atMost(Duration.ofSeconds(40))
          .until(rollout::isAlive);
      proxy.restore();

      assertThat(rollout.join(Duration.ofSeconds(60))).isTrue();
      assertThat(failed.get()).isNull();
      assertThat(said("cluster far answers again")).isTrue();
      assertThat(target.running(STAGING)).contains(two);
    }
  }

  /** New pods stand beside old ones. */
  private boolean isHalfWay() {
    return world.said.stream().anyMatch(line -> line.matches("1 of . new pods ready, [1-9] old"));
  }

  private boolean said(String start) {
    return world.said.stream().anyMatch(line -> line.startsWith(start));
  }

  @Test
  void anInterruptedRolloutEndsAtOnceAndTheOlderReleaseComesBack() throws Exception {
    var one = release(1, images.serving("one"), 3);
    world.apply(one);
    var ended = new AtomicReference<Exception>();
    var rollout =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    world.apply(release(2, images.serving("two"), 3));
                  } catch (Exception e) {
                    ended.set(e);
                  }
                });
    await().atMost(Duration.ofSeconds(30)).until(() -> isHalfWay());

    rollout.interrupt();

    assertThat(rollout.join(Duration.ofSeconds(2))).isTrue();
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    world.apply(one);
    assertThat(world.target.running(STAGING)).contains(one);
    assertThat(world.pods()).hasSize(3);
  }

  @Test
  void aSecondAttemptWithTheSameTokenGoesOn() throws Exception {
    world.apply(release(1, images.serving("one"), 2));
    var two = release(2, images.serving("two"), 2);
    var token = world.nextToken();
    var first =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    world.target.apply(STAGING, two, RolloutSettings.DEFAULT, token, world.log);
                  } catch (Exception e) {
                    world.said.add("ended by " + e.getClass().getSimpleName());
                  }
                });
    await().atMost(Duration.ofSeconds(30)).until(() -> isHalfWay());
    first.interrupt();
    first.join();

    world.target.apply(STAGING, two, RolloutSettings.DEFAULT, token, world.log);

    assertThat(said("ended by InterruptedException")).isTrue();
    assertThat(world.target.running(STAGING)).contains(two);
  }
}
