package dev.slipway.activities.kubernetes;

import static dev.slipway.activities.kubernetes.ClusterWorld.STAGING;
import static dev.slipway.activities.kubernetes.ClusterWorld.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.bench.Figures;
import dev.slipway.bench.Row;
import dev.slipway.environment.KubernetesDeployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a rolling update of three replicas takes, and the way back, beside {@code kubectl} with
 * a Deployment that is equal to ours in all that pods are made of.
 */
final class ClusterRollingBench {
  private static final int ROUNDS = 5;
  private static final int REPLICAS = 3;

  private final List<Double> ourForth = new ArrayList<>();
  private final List<Double> ourBack = new ArrayList<>();
  private final List<Double> theirForth = new ArrayList<>();
  private final List<Double> theirBack = new ArrayList<>();
  private final TestImages images = new TestImages();
  @TempDir private Path folder;

  @Test
  void rollsForthAndBack() throws Exception {
    try (var ours = ClusterWorld.open(folder.resolve("ours"));
        var theirs = ClusterWorld.open(folder.resolve("theirs"))) {
      var one = images.serving("one");
      ours.apply(release(1, one, REPLICAS));
      theirs.apply(release(1, one, REPLICAS));
      pass(ours, theirs, 0);
      forget();
      for (var round = 1; round <= ROUNDS; round++) {
        pass(ours, theirs, round);
      }
    }
    new Row(
            "cluster-rolling",
            "rolling update",
            new Figures(ourForth),
            "kubectl apply + rollout status",
            new Figures(theirForth),
            "s",
            new Row.Limit.Times(1.05))
        .keep();
    new Row(
            "cluster-rollback",
            "way back",
            new Figures(ourBack),
            "kubectl rollout undo + status",
            new Figures(theirBack),
            "s",
            new Row.Limit.Times(1.05))
        .keep();
  }

  /** What the first pass took, when images were pulled and classes loaded. */
  private void forget() {
    List.of(ourForth, ourBack, theirForth, theirBack).forEach(List::clear);
  }

  /** Who goes first takes turns. */
  private void pass(ClusterWorld ours, ClusterWorld theirs, int round) throws Exception {
    var image = images.serving("two " + round % 2);
    if (round % 2 == 0) {
      roll(ours, image);
      kubectl(theirs, image);
    } else {
      kubectl(theirs, image);
      roll(ours, image);
    }
  }

  private void roll(ClusterWorld world, String image) throws Exception {
    var before = (KubernetesDeployment) world.target.running(STAGING).orElseThrow();
    var next = release(before.labels().release() + 1, image, REPLICAS);
    ourForth.add(seconds(() -> step(world, next)));
    settle(world);
    ourBack.add(seconds(() -> step(world, before)));
    settle(world);
  }

  /** What a step of a run does. */
  private static void step(ClusterWorld world, KubernetesDeployment release) throws Exception {
    world.apply(release);
    assertThat(
            world.target.probe(STAGING, Duration.ZERO, Duration.ofSeconds(1), world.log).problems())
        .isEmpty();
  }

  private void kubectl(ClusterWorld world, String image) throws Exception {
    var live = world.live();
    var wanted =
        new DeploymentBuilder(live)
            .withNewMetadata()
            .withName(live.getMetadata().getName())
            .withNamespace(live.getMetadata().getNamespace())
            .withLabels(live.getMetadata().getLabels())
            .endMetadata()
            .withStatus(null)
            .editSpec()
            .editTemplate()
            .editSpec()
            .editFirstContainer()
            .withImage(image)
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    var file = folder.resolve("wanted.yaml");
    Files.writeString(file, Serialization.asYaml(wanted));
    theirForth.add(
        seconds(
            () -> {
              Kubectl.in(world).run("apply", "-f", file.toString());
              Kubectl.in(world).run("rollout", "status", "deployment/shop");
            }));
    settle(world);
    theirBack.add(
        seconds(
            () -> {
              Kubectl.in(world).run("rollout", "undo", "deployment/shop");
              Kubectl.in(world).run("rollout", "status", "deployment/shop");
            }));
    settle(world);
  }

  /** Pods that still end would slow down whoever comes next. */
  private static void settle(ClusterWorld world) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                world.admin().pods().inNamespace(world.namespace.name()).list().getItems().size()
                    == REPLICAS);
  }

  private static double seconds(ClusterWorld.ThrowingWork work) throws Exception {
    var began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) / 1e9;
  }
}
