package dev.slipway.activities.kubernetes;

import static dev.slipway.activities.kubernetes.ClusterWorld.STAGING;
import static dev.slipway.activities.kubernetes.ClusterWorld.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.target.Exposure;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.KubernetesDeployment;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A worker dies in each phase of each strategy, and does no more from that moment on. Another one
 * finds the way on, or the way back, and nobody who asks notices.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WorkerDeathIT {
  /** What is done before the release is applied. */
  enum Strategy {
    ROLLING(2),
    CANARY(4),
    BLUE_GREEN(6);

    private final int fewestPhases;

    Strategy(int fewestPhases) {
      this.fewestPhases = fewestPhases;
    }

    List<Exposure> exposures() {
      return switch (this) {
        case ROLLING -> List.of();
        case CANARY -> List.of(new Exposure.Share(50));
        case BLUE_GREEN -> List.of(new Exposure.Preview(), new Exposure.Switched());
      };
    }
  }

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

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void anotherWorkerGoesOnFromEveryPhase(Strategy strategy) throws Exception {
    try (var traffic = new SteadyTraffic(world.door(), 100)) {
      for (var phase = 1; diesIn(phase, strategy); phase++) {
        deliver(strategy, world.log);

        aloneServes(two, "two", traffic);
        world.apply(one);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void thereIsAWayBackFromEveryPhase(Strategy strategy) throws Exception {
    try (var traffic = new SteadyTraffic(world.door(), 100)) {
      for (var phase = 1; diesIn(phase, strategy); phase++) {
        world.apply(one);

        aloneServes(one, "one", traffic);
      }
    }
  }

  /** False when the release was through before. */
  private boolean diesIn(int phase, Strategy strategy) throws Exception {
    try {
      deliver(strategy, new LastLines(phase));
    } catch (Death expected) {
      return true;
    }
    assertThat(phase - 1).as("phases").isGreaterThanOrEqualTo(strategy.fewestPhases);
    return false;
  }

  private void deliver(Strategy strategy, StepLog log) throws Exception {
    for (var exposure : strategy.exposures()) {
      var _ = world.target.expose(STAGING, two, exposure, world.nextToken(), log);
    }
    world.target.apply(STAGING, two, RolloutSettings.DEFAULT, world.nextToken(), log);
  }

  private void aloneServes(KubernetesDeployment wanted, String text, SteadyTraffic traffic)
      throws Exception {
    assertThat(world.objects())
        .containsExactly("shop of 2", "shop to {app.kubernetes.io/name=shop}");
    assertThat(world.target.running(STAGING)).contains(wanted);
    await().untilAsserted(() -> assertThat(traffic.next(50)).containsOnly(text));
    assertThat(traffic.failures()).isEmpty();
  }

  /** Of a worker that dies when it is about to say what it does in one phase. */
  private static final class LastLines implements StepLog {
    private final Set<String> phases = new HashSet<>();
    private final int last;

    LastLines(int last) {
      this.last = last;
    }

    @Override
    public void line(String text) {
      phases.add(text);
      if (phases.size() >= last) {
        throw new Death();
      }
    }

    /** Two phases, however many pods there are. */
    @Override
    public void progress(String text) {
      line(text.startsWith("0 of") ? "no new pod is ready" : "new pods are ready");
    }
  }

  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }
}
