package dev.slipway.activities.kubernetes;

import static dev.slipway.activities.kubernetes.ClusterWorld.STAGING;
import static dev.slipway.activities.kubernetes.ClusterWorld.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.action.FailureType;
import dev.slipway.environment.KubernetesDeployment;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Deployment that others made is patched and no more, and what others change is theirs. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AdoptedDeploymentIT {
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

  /** As {@code kubectl create} would. */
  private void deployedByOthers(String image, int replicas) {
    var labels = Map.of("app", "shop");
    world
        .admin()
        .resource(
            new DeploymentBuilder()
                .withNewMetadata()
                .withName("shop")
                .withNamespace(world.namespace.name())
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
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
                .withImage(image)
                .addNewEnv()
                .withName("COLOUR")
                .withValue("green")
                .endEnv()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build())
        .create();
    await().atMost(Duration.ofSeconds(30)).until(() -> ready() == replicas);
  }

  private int ready() {
    var ready = world.live().getStatus().getReadyReplicas();
    return ready == null ? 0 : ready;
  }

  private void edit(UnaryOperator<Deployment> change) {
    var _ = world.deployment("shop").edit(change);
  }

  private static Deployment scaled(Deployment live, int replicas) {
    return new DeploymentBuilder(live).editSpec().withReplicas(replicas).endSpec().build();
  }

  @Test
  void itIsPatchedAndHasItsWayBack() throws Exception {
    var tagged = images.tagged(images.serving("one"), "v1");
    deployedByOthers(tagged, 1);
    var before = (KubernetesDeployment) world.target.running(STAGING).orElseThrow();
    assertThat(before.image()).isEqualTo(images.serving("one"));
    assertThat(before.labels().release()).isZero();
    assertThat(before.labels().commit()).isNull();
    var two = release(1, images.serving("two"), 2);

    world.apply(two);

    assertThat(world.target.running(STAGING)).contains(two);
    var container = world.live().getSpec().getTemplate().getSpec().getContainers().getFirst();
    assertThat(container.getEnv()).singleElement().returns("green", env -> env.getValue());
    assertThat(container.getLifecycle().getPreStop().getSleep().getSeconds()).isEqualTo(5);
    assertThat(world.said).anyMatch(line -> line.startsWith("takes over from their managers: "));

    world.apply(before);

    assertThat(world.target.running(STAGING)).contains(before);
    assertThat(world.pods()).hasSize(1);

    world.target.stop(STAGING, world.nextToken(), world.log);

    assertThat(world.live().getSpec().getReplicas()).isZero();
    assertThat(world.target.running(STAGING)).isEmpty();

    world.apply(two);

    assertThat(world.target.running(STAGING)).contains(two);
  }

  @Test
  void whatSomebodyElseChangedIsAConflictWithTheirName() throws Exception {
    world.apply(release(1, images.serving("one"), 1));
    edit(live -> scaled(live, 2));

    var refused = world.failureOf(() -> world.apply(release(2, images.serving("two"), 1)));

    assertThat(refused.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(refused.happened()).contains(".spec.replicas (somebody");
    assertThat(refused.changedNothing()).isTrue();
    assertThat(world.live().getSpec().getReplicas()).isEqualTo(2);
  }

  @Test
  void anImageThatSomebodyElseSetIsSeenAndNotOverwritten() throws Exception {
    var one = release(1, images.serving("one"), 1);
    var other = images.serving("other");
    world.apply(one);
    edit(
        live ->
            new DeploymentBuilder(live)
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage(other)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () ->
                assertThat(world.target.running(STAGING))
                    .hasValueSatisfying(
                        seen -> {
                          assertThat(((KubernetesDeployment) seen).image()).isEqualTo(other);
                          assertThat(seen.labels().release()).isZero();
                        }));

    var refused = world.failureOf(() -> world.apply(release(2, images.serving("two"), 1)));

    assertThat(refused.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(refused.happened()).contains("image (");
  }

  @Test
  void anAutoscalersNumberIsLeftAlone() throws Exception {
    world.apply(release(1, images.serving("one"), 1));
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
                .withMinReplicas(2)
                .withMaxReplicas(3)
                .endSpec()
                .build())
        .create();
    edit(live -> scaled(live, 2));

    world.apply(release(2, images.serving("two"), 1));

    assertThat(world.live().getSpec().getReplicas()).isEqualTo(2);
    assertThat(world.pods()).hasSize(2);
    world.apply(release(3, images.serving("three"), 1));
    assertThat(world.live().getSpec().getReplicas()).isEqualTo(2);
  }
}
