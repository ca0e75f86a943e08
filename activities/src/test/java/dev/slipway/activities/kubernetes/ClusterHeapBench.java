package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.activities.step.StepLog;
import dev.slipway.bench.Figures;
import dev.slipway.bench.Row;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much heap a worker takes to follow a hundred rollouts at once, beside what it takes idle. The
 * API server is real; the pods wait for somebody to let them be scheduled, so that no rollout ends.
 */
final class ClusterHeapBench {
  private static final int ROLLOUTS = 100;
  private static final int PODS = 3;
  private static final int ROUNDS = 3;
  private static final double MEGABYTE = 1 << 20;

  @TempDir private Path folder;

  @Test
  void followsAHundredRollouts() throws Exception {
    var idle = new ArrayList<Double>();
    var more = new ArrayList<Double>();
    try (var world = ClusterWorld.open(folder)) {
      var held = new ArrayList<Deployment>();
      for (var number = 0; number < ROLLOUTS; number++) {
        held.add(world.admin().resource(held(world, "held-" + number)).create());
      }
      await().atMost(Duration.ofMinutes(2)).until(() -> world.pods().size() == ROLLOUTS * PODS);
      for (var round = 0; round < ROUNDS; round++) {
        var before = used();
        more.add(followed(world, held) - before);
        idle.add(before);
      }
    }
    new Row(
            "cluster-heap",
            "100 rollouts followed, above idle",
            new Figures(more),
            "idle",
            new Figures(idle),
            "MiB",
            new Row.Limit.Most(256))
        .keep();
  }

  /** The heap while all of them are followed. */
  private static double followed(ClusterWorld world, List<Deployment> held) throws Exception {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    var watches = new ArrayList<Thread>();
    for (var deployment : held) {
      watches.add(Thread.ofVirtual().start(() -> follow(world, deployment, seen)));
    }
    try {
      await().atMost(Duration.ofMinutes(1)).until(() -> seen.size() == ROLLOUTS);
      var used = used();
      assertThat(watches).allMatch(Thread::isAlive);
      return used;
    } finally {
      for (var watch : watches) {
        watch.interrupt();
      }
      for (var watch : watches) {
        watch.join();
      }
    }
  }

  private static void follow(ClusterWorld world, Deployment deployment, Set<String> seen) {
    var log =
        new StepLog() {
          @Override
          public void line(String text) {}

          @Override
          public void progress(String text) {
            seen.add(deployment.getMetadata().getName());
          }
        };
    var limits = Limits.DEFAULT.withProgress(Duration.ofMinutes(5));
    try {
      var _ = new RolloutWatch(world.connection, world.namespace, limits, log).await(deployment);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new AssertionError("did not go on watching", e);
    }
  }

  private static Deployment held(ClusterWorld world, String name) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(world.namespace.name())
        .endMetadata()
        .withNewSpec()
        .withReplicas(PODS)
        .withNewSelector()
        .addToMatchLabels("app", name)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("app", name)
        .endMetadata()
        .withNewSpec()
        .addNewSchedulingGate("slipway.dev/held")
        .addNewContainer()
        .withName("held")
        .withImage("localhost/none")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static double used() throws InterruptedException {
    for (var collection = 0; collection < 3; collection++) {
      System.gc();
      Thread.sleep(100);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
  }
}
