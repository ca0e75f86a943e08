package dev.slipway.activities.kubernetes;

import static dev.slipway.activities.kubernetes.ClusterWorld.STAGING;
import static dev.slipway.activities.kubernetes.ClusterWorld.release;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailure;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a release fails to run says why, soon, and leaves the older one serving. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RolloutFailureIT {
  private final TestImages images = new TestImages();
  private KubernetesDeployment one;
  @TempDir private Path folder;
  private ClusterWorld world;

  @BeforeEach
  void open() throws Exception {
    world = ClusterWorld.open(folder);
    one = release(1, images.serving("one"), 1);
    world.apply(one);
  }

  @AfterEach
  void close() {
    if (world != null) {
      world.close();
    }
  }

  private StepFailure failure(String image) {
    var began = System.nanoTime();
    var failure = world.failureOf(() -> world.apply(release(2, image, 1)));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(25));
    return failure;
  }

  private void olderServesAndComesBack() throws Exception {
    assertThat(world.target.running(STAGING)).contains(one);
    world.apply(one);
    assertThat(world.target.running(STAGING)).contains(one);
    assertThat(world.pods()).hasSize(1);
  }

  @Test
  void anImageThatTheRegistryLacksIsNamed() throws Exception {
    var failure = failure(images.missing());

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("can't pull its image").contains("not found");
    assertThat(failure.changedNothing()).isFalse();
    olderServesAndComesBack();
  }

  @Test
  void aCrashLoopIsToldWithItsLastLines() throws Exception {
    var failure = failure(images.crashing());

    assertThat(failure.type()).isEqualTo(FailureType.UNHEALTHY);
    assertThat(failure.happened())
        .contains("crashes again and again: exit code 3")
        .endsWith("boom: no price list");
    assertThat(failure.lastLines()).containsExactly("starting", "boom: no price list");
    assertThat(world.said).anyMatch(line -> line.endsWith("| boom: no price list"));
    olderServesAndComesBack();
  }

  @Test
  void aPodThatNeverBecomesReadyIsToldWithItsProbe() throws Exception {
    var failure = failure(images.sick());

    assertThat(failure.type()).isEqualTo(FailureType.UNHEALTHY);
    assertThat(failure.happened()).contains("does not become ready").contains("404");
    olderServesAndComesBack();
  }

  @Test
  void aPodThatSickensIsFoundByItsProbe() throws Exception {
    world.apply(release(2, images.sickening(8), 1));

    var probe =
        world.target.probe(STAGING, Duration.ofSeconds(30), Duration.ofMillis(500), world.log);

    assertThat(probe.problems()).isNotEmpty();
    assertThat(probe.failed()).isPositive();
  }

  @Test
  void aQuotaIsToldInTheClustersWords() throws Exception {
    world
        .admin()
        .resource(
            new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName("small")
                .withNamespace(world.namespace.name())
                .endMetadata()
                .withNewSpec()
                .addToHard("pods", new Quantity("1"))
                .endSpec()
                .build())
        .create();

    var failure = failure(images.serving("two"));

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("refuses new pods of shop").contains("exceeded quota");
    olderServesAndComesBack();
  }

  @Test
  void aNamespaceThatIsNotThereIsNamed() throws Exception {
    var nowhere =
        new KubernetesTarget(
            world.connection,
            new Namespace(ClusterWorld.CLUSTER, "nowhere"),
            world.store,
            "engine-1");

    var failure =
        world.failureOf(
            () ->
                nowhere.apply(STAGING, one, RolloutSettings.DEFAULT, world.nextToken(), world.log));

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).isEqualTo("cluster test has no namespace nowhere");
    assertThat(failure.changedNothing()).isTrue();
    assertThat(nowhere.running(STAGING)).isEmpty();
  }
}
