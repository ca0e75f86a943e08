package dev.slipway.activities.kubernetes;

import static dev.slipway.activities.kubernetes.ClusterWorld.STAGING;
import static dev.slipway.activities.kubernetes.ClusterWorld.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.activities.target.Exposure;
import dev.slipway.bench.Figures;
import dev.slipway.bench.Row;
import dev.slipway.environment.KubernetesDeployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many of 200 requests a second fail while releases come and go by every strategy, with an
 * application that exits at once on SIGTERM; and how long the way back of blue-green takes. The
 * yardstick is {@code kubectl} with the same pods, as people write them: without a drain.
 */
final class ClusterTrafficBench {
  private static final int PER_SECOND = 200;
  private static final int REPLICAS = 4;
  private static final int SWITCHES = 5;

  private final TestImages images = new TestImages();
  private final List<Double> back = new ArrayList<>();
  private final List<Double> undone = new ArrayList<>();
  @TempDir private Path folder;

  @Test
  void losesNoRequest() throws Exception {
    var lost = lostByKubectl();
    try (var world = ClusterWorld.open(folder)) {
      var one = release(1, images.serving("one"), REPLICAS);
      var two = release(2, images.serving("two"), REPLICAS);
      world.apply(one);
      var door = world.door();
      try (var traffic = new SteadyTraffic(door, PER_SECOND)) {
        await().until(() -> traffic.requests() > PER_SECOND);
        world.apply(two);
        world.apply(one);
        canary(world, one, two);
        for (var round = 0; round < SWITCHES; round++) {
          blueGreen(world, one, two);
        }
        var seen = traffic.requests();
        await().until(() -> traffic.requests() > seen + PER_SECOND);
        assertThat(traffic.requests()).isGreaterThan(20 * PER_SECOND);
        new Row(
                "cluster-lost",
                "failed of " + traffic.requests(),
                new Figures(List.of((double) traffic.failures().size())),
                "kubectl, for 1 update and undo",
                new Figures(List.of(lost)),
                "requests",
                new Row.Limit.Most(0))
            .keep();
      }
    }
    new Row(
            "cluster-switch-back",
            "all traffic on the old release",
            new Figures(back),
            "kubectl rollout undo + status",
            new Figures(undone),
            "s",
            new Row.Limit.Most(2))
        .keep();
  }

  private double lostByKubectl() throws Exception {
    try (var world = ClusterWorld.open(folder.resolve("theirs"))) {
      world.apply(release(1, images.serving("one"), REPLICAS));
      var door = world.door();
      var undrained =
          new DeploymentBuilder(world.live())
              .editMetadata()
              .withManagedFields()
              .withResourceVersion(null)
              .endMetadata()
              .editSpec()
              .editTemplate()
              .editSpec()
              .withTerminationGracePeriodSeconds(30L)
              .editFirstContainer()
              .withLifecycle(null)
              .endContainer()
              .endSpec()
              .endTemplate()
              .endSpec()
              .build();
      var _ = world.admin().resource(undrained).inNamespace(world.namespace.name()).update();
      Kubectl.in(world).run("rollout", "status", "deployment/shop");
      try (var traffic = new SteadyTraffic(door, PER_SECOND)) {
        await().until(() -> traffic.requests() > PER_SECOND);
        var kubectl = Kubectl.in(world);
        kubectl.run("set", "image", "deployment/shop", "shop=" + images.serving("two"));
        kubectl.run("rollout", "status", "deployment/shop");
        var began = System.nanoTime();
        kubectl.run("rollout", "undo", "deployment/shop");
        kubectl.run("rollout", "status", "deployment/shop");
        undone.add((System.nanoTime() - began) / 1e9);
        var seen = traffic.requests();
        await().until(() -> traffic.requests() > seen + PER_SECOND);
        return traffic.failures().size();
      }
    }
  }

  private static void canary(ClusterWorld world, KubernetesDeployment one, KubernetesDeployment two)
      throws Exception {
    expose(world, two, new Exposure.Share(25));
    expose(world, two, new Exposure.Share(50));
    world.apply(one);
    expose(world, two, new Exposure.Share(25));
    world.apply(two);
    world.apply(one);
  }

  private void blueGreen(ClusterWorld world, KubernetesDeployment one, KubernetesDeployment two)
      throws Exception {
    expose(world, two, new Exposure.Preview());
    expose(world, two, new Exposure.Switched());
    var began = System.nanoTime();
    world.apply(one);
    back.add((System.nanoTime() - began) / 1e9);
  }

  private static void expose(ClusterWorld world, KubernetesDeployment release, Exposure exposure)
      throws Exception {
    var _ = world.target.expose(STAGING, release, exposure, world.nextToken(), world.log);
  }
}
