package dev.slipway.activities.kubernetes;

import static dev.slipway.activities.kubernetes.ClusterWorld.STAGING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.action.FailureType;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.environment.KubernetesDeployment.Workload;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a release's objects when it fails, and of those of other people. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PartsIT {
  private final TestImages images = new TestImages();
  @TempDir private Path folder;
  private ClusterWorld world;
  private KubernetesTarget target;
  private String image;

  @BeforeEach
  void open() throws Exception {
    world = ClusterWorld.open(folder);
    image = images.serving("one");
    target =
        new KubernetesTarget(
            world.connection,
            new Namespace(ClusterWorld.CLUSTER, world.namespace.name(), "k8s"),
            world.store,
            "engine-1",
            ClusterWorld.LIMITS);
  }

  @AfterEach
  void close() {
    if (world != null) {
      world.close();
    }
  }

  private static String map(String name, String value) {
    return "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, data: {V: '%s'}}"
        .formatted(name, value);
  }

  private static String deployment(String name, String selector) {
    return """
    {apiVersion: apps/v1, kind: Deployment, metadata: {name: %1$s}, spec: {
      selector: {matchLabels: {%2$s: %1$s}}, template: {
        metadata: {labels: {%2$s: %1$s}}, spec: {containers: [{name: app, image: shop,
          readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}}]}}}}
    """
        .formatted(name, selector);
  }

  /** A release of these objects; its Deployment is the last. */
  private KubernetesDeployment described(long number, String image, String... objects)
      throws Exception {
    var all =
        Arrays.stream(objects)
            .map(text -> Serialization.unmarshal("---\n" + text, GenericKubernetesResource.class))
            .toList();
    var json = all.stream().map(Serialization::asJson).collect(Collectors.joining(",", "[", "]"));
    var blob = world.store.put(new ByteArrayInputStream(json.getBytes(UTF_8)));
    return new KubernetesDeployment(
        ClusterWorld.release(number, image, 1).labels(),
        image,
        new Workload(all.getLast().getMetadata().getName(), "app", null, null, blob),
        1);
  }

  private void apply(KubernetesDeployment release) throws Exception {
    apply(release, world.log);
  }

  private void apply(KubernetesDeployment release, StepLog log) throws Exception {
    target.apply(STAGING, release, RolloutSettings.DEFAULT, world.nextToken(), log);
  }

  private void stop() throws Exception {
    target.stop(STAGING, world.nextToken(), world.log);
  }

  /** Does something at the moment when a line is logged. */
  private StepLog when(String line, Runnable work) {
    return new StepLog() {
      @Override
      public void line(String text) {
        world.said.add(text);
        if (text.equals(line)) {
          work.run();
        }
      }

      @Override
      public void progress(String text) {
        line(text);
      }
    };
  }

  private List<String> maps() {
    return world.admin().configMaps().inNamespace(world.namespace.name()).list().getItems().stream()
        .filter(map -> !map.getMetadata().getName().equals("kube-root-ca.crt"))
        .map(map -> map.getMetadata().getName() + "=" + map.getData().get("V"))
        .sorted()
        .toList();
  }

  private void make(String name, Consumer<ConfigMapBuilder> more) {
    var builder =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(world.namespace.name())
            .endMetadata()
            .addToData("V", "theirs");
    more.accept(builder);
    var _ = world.admin().resource(builder.build()).create();
  }

  private void edit(String name, Consumer<ConfigMapBuilder> change) {
    var _ =
        world
            .admin()
            .configMaps()
            .inNamespace(world.namespace.name())
            .withName(name)
            .edit(
                map -> {
                  var builder = new ConfigMapBuilder(map);
                  change.accept(builder);
                  return builder.build();
                });
  }

  @Test
  void aFirstReleaseThatFailsLeavesNothingBehindAndOthersAlone() throws Exception {
    make("theirs", map -> {});
    make("elsewhere", map -> marked(map, new EnvironmentId("shop", "production"), "1"));
    make("older", map -> marked(map, STAGING, "0"));
    var first = described(1, images.crashing(), map("a", "1"), deployment("worker", "w"), main());

    var failure = world.failureOf(() -> apply(first));
    assertThat(failure.happened()).contains("boom");
    assertThat(maps()).contains("a=1");
    stop();

    assertThat(maps()).containsExactly("elsewhere=theirs", "older=theirs", "theirs=theirs");
    assertThat(
            world
                .admin()
                .apps()
                .deployments()
                .inNamespace(world.namespace.name())
                .list()
                .getItems())
        .isEmpty();
  }

  private static void marked(ConfigMapBuilder map, EnvironmentId environment, String number) {
    map.editMetadata()
        .addToLabels(Marks.labels(environment))
        .addToLabels(Marks.PART, Marks.APPLIED)
        .addToAnnotations(Map.of(Marks.MADE, "true", Marks.NUMBER, number))
        .endMetadata();
  }

  private static String main() {
    return deployment("shop", "app");
  }

  @Test
  void aFirstReleaseThatDiesAmongItsPartsLeavesNothingBehind() throws Exception {
    var first = described(1, image, map("a", "1"), map("b", "1"), main());
    var dies =
        when(
            "applied ConfigMap/a",
            () -> {
              throw new IllegalStateException("killed");
            });

    assertThatThrownBy(() -> apply(first, dies)).hasMessage("killed");
    assertThat(maps()).containsExactly("a=1");
    stop();

    assertThat(maps()).isEmpty();
  }

  @Test
  void aLaterReleaseThatFailsGoesBackToTheOlderOnesParts() throws Exception {
    var one = described(1, image, map("a", "1"), map("b", "1"), main());
    apply(one);
    var two = described(2, images.crashing(), map("a", "2"), map("c", "2"), main());

    var _ = world.failureOf(() -> apply(two));
    assertThat(maps()).containsExactly("a=2", "b=1", "c=2");
    apply(one);

    assertThat(maps()).containsExactly("a=1", "b=1");
    assertThat(target.running(STAGING)).contains(one);
  }

  @Test
  void aFirstReleaseWithManifestsGoesBackToOneWithout() throws Exception {
    var one = ClusterWorld.release(1, image, 1);
    apply(one);
    var two = described(2, image, map("a", "2"), deployment("shop", "app.kubernetes.io/name"));
    var dies =
        when(
            "applied ConfigMap/a",
            () -> {
              throw new IllegalStateException("killed");
            });

    assertThatThrownBy(() -> apply(two, dies)).hasMessage("killed");
    apply(one);
    assertThat(maps()).isEmpty();

    apply(two);
    assertThat(maps()).containsExactly("a=2");
    apply(one);

    assertThat(maps()).isEmpty();
    assertThat(Marks.annotation(world.live(), Marks.MANIFESTS)).isEmpty();
    assertThat(target.running(STAGING)).contains(one);
  }

  @Test
  void anotherSelectorIsRefusedBeforeAnythingChanges() throws Exception {
    apply(ClusterWorld.release(1, image, 1));

    var failure = world.failureOf(() -> apply(described(2, image, map("a", "1"), main())));

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened())
        .contains("Deployment shop", "app.kubernetes.io/name", "{\"app\":\"shop\"}");
    assertThat(failure.advice()).contains("kubectl -n", "delete deployment shop");
    assertThat(maps()).isEmpty();
  }

  @Test
  void theMinimalDeploymentDoesNotReplaceOneWithAnotherSelector() throws Exception {
    apply(described(1, image, map("a", "1"), deployment("worker", "w"), main()));
    var before = world.live().getMetadata().getGeneration();

    var minimal = world.failureOf(() -> apply(ClusterWorld.release(2, image, 1)));
    var part =
        world.failureOf(
            () -> apply(described(2, image, map("a", "2"), deployment("worker", "v"), main())));

    assertThat(minimal.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(minimal.happened()).contains("finds its pods by", "that can't be changed");
    assertThat(part.happened()).contains("Deployment worker", "that can't be changed");
    assertThat(world.live().getMetadata().getGeneration()).isEqualTo(before);
    assertThat(maps()).containsExactly("a=1");
    assertThat(world.admin().services().inNamespace(world.namespace.name()).list().getItems())
        .isEmpty();
  }

  @Test
  void anotherNameIsRefusedBeforeAnythingChanges() throws Exception {
    var one = described(1, image, map("a", "1"), main());
    apply(one);
    var two = described(2, image, map("a", "2"), deployment("store", "app"));

    var failure = world.failureOf(() -> apply(two));

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("runs as Deployment shop", "would have it be store");
    assertThat(failure.advice()).contains("Keep the name shop");
    assertThat(maps()).containsExactly("a=1");
    assertThat(target.running(STAGING)).contains(one);
  }

  @Test
  void whatTheClusterRefusesIsRefusedBeforeAnythingChanges() throws Exception {
    var wrong =
        """
        {apiVersion: v1, kind: Service, metadata: {name: shop},
         spec: {selector: {app: shop}, ports: [{port: 70000}]}}
        """;

    var failure = world.failureOf(() -> apply(described(1, image, map("a", "1"), wrong, main())));

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("70000");
    assertThat(maps()).isEmpty();
  }

  @Test
  void whatSomebodyMakesMeanwhileIsNotTakenOver() throws Exception {
    var one = described(1, image, map("a", "1"), main());

    var failure =
        world.failureOf(() -> apply(one, when("makes ConfigMap/a", () -> make("a", map -> {}))));

    assertThat(failure.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(failure.happened()).contains("ConfigMap/a", "by somebody else (somebody)");
    assertThat(maps()).containsExactly("a=theirs");
    stop();
    assertThat(maps()).containsExactly("a=theirs");
  }

  @Test
  void aDeploymentOfSomebodyElsesIsNotDescribedAnew() throws Exception {
    var theirs =
        Serialization.unmarshal(
            "---\n" + main(), io.fabric8.kubernetes.api.model.apps.Deployment.class);
    theirs.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage(image);
    var _ = world.admin().resource(theirs).inNamespace(world.namespace.name()).create();
    var one = described(1, image, map("a", "1"), main());

    var failure = world.failureOf(() -> apply(one));

    assertThat(failure.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(failure.happened()).contains("Deployment shop", "by somebody else");
    assertThat(maps()).isEmpty();

    var _ =
        world
            .deployment("shop")
            .edit(
                live -> {
                  live.getMetadata().setLabels(Marks.labels(STAGING));
                  return live;
                });
    apply(one);
    assertThat(target.running(STAGING)).contains(one);
  }

  @Test
  void whatSomebodyMakesTheirsMeanwhileIsNotRemoved() throws Exception {
    apply(described(1, image, map("a", "1"), map("b", "1"), main()));
    var two = described(2, image, map("a", "1"), main());
    var log =
        when(
            "removes ConfigMap/b, which the release does not have",
            () -> edit("b", map -> map.editMetadata().removeFromLabels(Marks.PART).endMetadata()));

    apply(two, log);

    assertThat(maps()).containsExactly("a=1", "b=1");
  }

  @Test
  void whatAReleaseLeavesOutOfAnObjectGoes() throws Exception {
    var two = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {V: '1', W: '1'}}";
    apply(described(1, image, two, main()));
    assertThat(managers("a")).containsExactly("slipway Apply");

    apply(described(2, image, map("a", "1"), main()));

    assertThat(found("a").getData()).containsOnlyKeys("V");
    assertThat(Marks.annotation(found("a"), Marks.NUMBER)).contains("2");
    assertThat(Marks.annotation(found("a"), "slipway.dev/commit")).contains("c0ffee2");
  }

  private ConfigMap found(String name) {
    return world.admin().configMaps().inNamespace(world.namespace.name()).withName(name).get();
  }

  private List<String> managers(String name) {
    return found(name).getMetadata().getManagedFields().stream()
        .map(entry -> entry.getManager() + " " + entry.getOperation())
        .toList();
  }
}
