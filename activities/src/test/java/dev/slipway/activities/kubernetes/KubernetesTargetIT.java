package dev.slipway.activities.kubernetes;

import static dev.slipway.activities.kubernetes.ClusterWorld.STAGING;
import static dev.slipway.activities.kubernetes.ClusterWorld.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.action.FailureType;
import dev.slipway.activities.target.Exposure;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.environment.KubernetesDeployment.Workload;
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

/** The way of releases through a namespace of a real cluster. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class KubernetesTargetIT {
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

  private static String get(URI address) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }
  }

  @Test
  void aFirstReleaseIsMadeProbedAndStopped() throws Exception {
    assertThat(world.target.running(STAGING)).isEmpty();
    var one = release(1, images.serving("one"), 2);

    world.apply(one);

    assertThat(get(world.door())).isEqualTo("one");
    assertThat(world.target.running(STAGING)).contains(one);
    assertThat(world.pods()).hasSize(2);
    assertThat(world.said).contains("2 of 2 new pods ready, 0 old");
    var probe =
        world.target.probe(STAGING, Duration.ofSeconds(2), Duration.ofMillis(500), world.log);
    assertThat(probe.problems()).isEmpty();
    assertThat(probe.passed()).isGreaterThan(8);
    assertThat(world.target.url(STAGING).toString()).matches("http://[0-9.]+:3[0-9]{4}");

    world.target.stop(STAGING, world.nextToken(), world.log);

    assertThat(world.target.running(STAGING)).isEmpty();
    assertThat(world.pods()).isEmpty();
    assertThat(world.admin().services().inNamespace(world.namespace.name()).list().getItems())
        .isEmpty();
    assertThat(
            world.target.probe(STAGING, Duration.ZERO, Duration.ofMillis(1), world.log).problems())
        .containsExactly("no replica runs");
  }

  @Test
  void anUpdateAndItsWayBack() throws Exception {
    var one = release(1, images.serving("one"), 2);
    var two = release(2, images.serving("two"), 3);
    world.apply(one);
    var door = world.door();

    world.apply(two);

    await().untilAsserted(() -> assertThat(get(door)).isEqualTo("two"));
    assertThat(world.target.running(STAGING)).contains(two);
    assertThat(world.pods()).hasSize(3);

    world.apply(one);

    await().untilAsserted(() -> assertThat(get(door)).isEqualTo("one"));
    assertThat(world.target.running(STAGING)).contains(one);
    assertThat(world.pods()).hasSize(2);
  }

  @Test
  void whatRunsAlreadyIsLeftAlone() throws Exception {
    var one = release(1, images.serving("one"), 1);
    world.apply(one);
    var before = world.pods();

    world.apply(one);

    assertThat(world.pods()).isEqualTo(before);
  }

  @Test
  void aLowerFencingTokenChangesNothing() throws Exception {
    var late = world.nextToken();
    var one = release(1, images.serving("one"), 1);
    var two = release(2, images.serving("two"), 1);
    world.apply(one);

    var applied = world.failureOf(() -> applyWith(two, late));
    var stopped = world.failureOf(() -> world.target.stop(STAGING, late, world.log));

    assertThat(applied.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(applied.happened()).contains("newer fencing token");
    assertThat(applied.changedNothing()).isTrue();
    assertThat(stopped.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(world.target.running(STAGING)).contains(one);
  }

  private void applyWith(KubernetesDeployment wanted, long token) throws Exception {
    world.target.apply(STAGING, wanted, RolloutSettings.DEFAULT, token, world.log);
  }

  @Test
  void aSecondEngineIsRefused() throws Exception {
    var one = release(1, images.serving("one"), 1);
    world.apply(one);

    var refused =
        world.failureOf(
            () ->
                world
                    .target("engine-2")
                    .apply(
                        STAGING,
                        release(2, images.serving("two"), 1),
                        RolloutSettings.DEFAULT,
                        world.nextToken(),
                        world.log));

    assertThat(refused.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(refused.happened()).contains("belongs to the engine engine-1");
    assertThat(refused.advice()).contains("delete lease slipway-shop");
    assertThat(refused.changedNothing()).isTrue();
    assertThat(world.target.running(STAGING)).contains(one);
  }

  @Test
  void aCandidateUnderAnotherNameIsRefusedBeforeAnythingIsMade() throws Exception {
    var one = release(1, images.serving("one"), 2);
    world.apply(one);
    var two = release(2, images.serving("two"), 2);
    var renamed =
        new KubernetesDeployment(
            two.labels(), two.image(), new Workload("other", null, 8080, "/health", null), 2);

    var refused = world.failureOf(() -> world.expose(renamed, new Exposure.Preview()));

    assertThat(refused.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(refused.happened()).contains("runs as Deployment shop");
    assertThat(refused.changedNothing()).isTrue();
    assertThat(world.target.running(STAGING)).contains(one);
  }
}
