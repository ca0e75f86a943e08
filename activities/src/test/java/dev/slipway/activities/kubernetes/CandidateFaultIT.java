package dev.slipway.activities.kubernetes;

import static dev.slipway.activities.kubernetes.ClusterWorld.STAGING;
import static dev.slipway.activities.kubernetes.ClusterWorld.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.action.FailureType;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.target.Exposure;
import dev.slipway.activities.target.Exposure.Share;
import dev.slipway.activities.target.Exposure.Switched;
import dev.slipway.environment.KubernetesDeployment;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Candidates beside what others made and change, and with a cluster that goes away. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CandidateFaultIT {
  private static final Map<String, String> THEIRS = Map.of("app", "shop", "tier", "web");

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

  /** As a chart would: a Deployment with a pause before its end, and a Service. */
  private void deployedByOthers(String image, int replicas) throws Exception {
    var namespace = world.namespace.name();
    world
        .admin()
        .resource(
            new DeploymentBuilder()
                .withNewMetadata()
                .withName("shop")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(Map.of("app", "shop"))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(THEIRS)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage(images.tagged(image, "v1"))
                .addNewEnv()
                .withName("COLOUR")
                .withValue("green")
                .endEnv()
                .withNewReadinessProbe()
                .withNewHttpGet()
                .withPath("/health")
                .withPort(new IntOrString(8080))
                .endHttpGet()
                .withPeriodSeconds(1)
                .endReadinessProbe()
                .withLifecycle(Drain.lifecycle())
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build())
        .create();
    world
        .admin()
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName("shop")
                .withNamespace(namespace)
                .addToAnnotations("team", "web")
                .endMetadata()
                .withNewSpec()
                .withSelector(THEIRS)
                .addNewPort()
                .withPort(8000)
                .withTargetPort(new IntOrString(8080))
                .endPort()
                .endSpec()
                .build())
        .create();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Integer.valueOf(replicas).equals(world.live().getStatus().getReadyReplicas()));
  }

  @Test
  void whatOthersMadeHasItsCanary() throws Exception {
    deployedByOthers(images.serving("one"), 2);
    var before = (KubernetesDeployment) world.target.running(STAGING).orElseThrow();
    var pods = world.pods();
    var two = release(1, images.serving("two"), 2);
    try (var traffic = new SteadyTraffic(world.door(), 200)) {
      world.expose(two, new Share(50));

      assertThat(world.objects()).contains("shop of 1", "shop-candidate of 1");
      assertThat(world.target.running(STAGING)).contains(before);
      var container =
          world
              .deployment("shop-candidate")
              .get()
              .getSpec()
              .getTemplate()
              .getSpec()
              .getContainers()
              .getFirst();
      assertThat(container.getEnv()).singleElement().returns("green", env -> env.getValue());
      await().until(() -> traffic.answers(0).contains("two"));

      world.apply(before);

      assertThat(world.objects()).containsExactly("shop of 2", "shop to {app=shop, tier=web}");
      assertThat(world.target.running(STAGING)).contains(before);
      assertThat(world.pods()).hasSize(2).containsAnyElementsOf(pods);

      world.expose(two, new Share(50));
      world.apply(two);

      assertThat(world.objects()).containsExactly("shop of 2", "shop to {app=shop, tier=web}");
      assertThat(world.target.running(STAGING)).contains(two);
      assertThat(traffic.failures()).isEmpty();
    }
  }

  @Test
  void whatOthersMadeIsSwitched() throws Exception {
    deployedByOthers(images.serving("one"), 1);
    var before = (KubernetesDeployment) world.target.running(STAGING).orElseThrow();
    var pods = world.pods();
    var two = release(1, images.serving("two"), 1);
    try (var traffic = new SteadyTraffic(world.door(), 200)) {
      world.expose(two, new Switched());

      assertThat(world.objects())
          .contains(
              "shop of 1",
              "shop-candidate of 1",
              "shop to {slipway.dev/candidate=shop}",
              "shop-preview to {slipway.dev/candidate=shop}");
      assertThat(world.target.running(STAGING)).contains(two);

      world.apply(before);

      assertThat(world.pods()).isEqualTo(pods);
      assertThat(world.objects()).containsExactly("shop of 1", "shop to {app=shop, tier=web}");

      world.expose(two, new Switched());
      world.apply(two);

      assertThat(world.objects()).containsExactly("shop of 1", "shop to {app=shop, tier=web}");
      assertThat(world.target.running(STAGING)).contains(two);
      var service =
          world.admin().services().inNamespace(world.namespace.name()).withName("shop").get();
      assertThat(service.getMetadata().getAnnotations()).containsOnlyKeys("team");
      assertThat(service.getSpec().getPorts().getFirst().getPort()).isEqualTo(8000);
      assertThat(traffic.failures()).isEmpty();
    }
  }

  @Test
  void somebodyElsesDeploymentOfItsNameStaysUntouched() throws Exception {
    world.apply(release(1, images.serving("one"), 2));
    var labels = Map.of("app", "other");
    world
        .admin()
        .resource(
            new DeploymentBuilder()
                .withNewMetadata()
                .withName("shop-candidate")
                .withNamespace(world.namespace.name())
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage("other")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build())
        .create();

    for (var exposure : new Exposure[] {new Share(50), new Switched()}) {
      var refused =
          world.failureOf(() -> world.expose(release(2, images.serving("two"), 2), exposure));

      assertThat(refused.type()).isEqualTo(FailureType.CONFLICT);
      assertThat(refused.happened()).contains("Deployment shop-candidate");
      assertThat(world.objects()).contains("shop of 2", "shop-candidate of 0");
    }
    world.apply(release(1, images.serving("one"), 2));
    assertThat(world.objects()).contains("shop of 2", "shop-candidate of 0");
  }

  @Test
  void whatCannotStandBesideAnotherIsRefused() throws Exception {
    world.apply(release(1, images.serving("one"), 2));
    var _ =
        world
            .deployment("shop")
            .edit(
                live ->
                    new DeploymentBuilder(live)
                        .editSpec()
                        .withNewStrategy()
                        .withType("Recreate")
                        .endStrategy()
                        .endSpec()
                        .build());

    var refused =
        world.failureOf(() -> world.expose(release(2, images.serving("two"), 2), new Share(50)));

    assertThat(refused.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(refused.happened()).contains("Recreate");
  }

  @Test
  void whoScalesWhatServesIsNotOverwritten() throws Exception {
    var one = release(1, images.serving("one"), 4);
    world.apply(one);
    world.expose(release(2, images.serving("two"), 4), new Share(25));
    world.scale(5);

    var refused =
        world.failureOf(() -> world.expose(release(2, images.serving("two"), 4), new Share(50)));

    assertThat(refused.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(refused.happened()).contains(".spec.replicas (somebody");
    assertThat(world.live().getSpec().getReplicas()).isEqualTo(5);
  }

  @Test
  void aCandidateThatSomebodyDeletedIsNotMissed() throws Exception {
    var one = release(1, images.serving("one"), 2);
    world.apply(one);
    world.expose(release(2, images.serving("two"), 2), new Switched());
    world.deployment("shop-candidate").delete();

    world.apply(one);

    assertThat(world.objects()).contains("shop of 2", "shop to {app.kubernetes.io/name=shop}");
    assertThat(world.target.running(STAGING)).contains(one);
  }

  @Test
  void anExposureOutlivesTheLossOfTheCluster() throws Exception {
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
      world.apply(release(1, images.serving("one"), 4));
      var two = release(2, images.serving("two"), 4);
      var failed = new AtomicReference<Exception>();
      var exposing =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      var _ =
                          target.expose(STAGING, two, new Share(50), world.nextToken(), world.log);
                    } catch (Exception e) {
                      failed.set(e);
                    }
                  });
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> world.said.contains("0 of 2 new pods ready, 0 old"));

      proxy.cut();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> world.said.contains("cluster far does not answer; the rollout goes on there"));
      proxy.restore();

      assertThat(exposing.join(Duration.ofSeconds(60))).isTrue();
      assertThat(failed.get()).isNull();
      assertThat(world.objects()).contains("shop of 2", "shop-candidate of 2");
    }
  }
}
