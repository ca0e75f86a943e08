package dev.slipway.activities.kubernetes;

import static dev.slipway.activities.kubernetes.ClusterWorld.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.action.FailureType;
import dev.slipway.activities.deployment.ClusterDeployAction;
import dev.slipway.activities.environment.EarlierReleases;
import dev.slipway.activities.environment.Ledger;
import dev.slipway.activities.step.ActionTestKit;
import dev.slipway.environment.EnvironmentState;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.EnvironmentGrant;
import dev.slipway.step.StepFailure;
import dev.slipway.step.StepKey;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Releases that consist of a repository's manifests, in a real cluster. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ManifestsIT {
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: shop}
      spec:
        replicas: 2
        selector: {matchLabels: {app: shop}}
        template:
          metadata: {labels: {app: shop}}
          spec:
            containers:
              - name: app
                image: shop
                envFrom: [{configMapRef: {name: prices}}]
                readinessProbe: {httpGet: {path: /health, port: 8080}, periodSeconds: 1}
      """;
  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: shop}
      spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
      """;

  private final TestImages images = new TestImages();
  @TempDir private Path folder;
  private ClusterWorld world;
  private ActionTestKit kit;
  private ClusterDeployAction deploy;
  private String image;
  private int releases;

  @BeforeEach
  void open() throws Exception {
    world = ClusterWorld.open(folder);
    image = images.serving("one");
    kit = ActionTestKit.in(folder);
    // The kit's store is the world's: both have the same home.
    deploy =
        ClusterDeployAction.deploy(
            spec -> target(Objects.requireNonNull(spec.kubernetes())),
            new EarlierReleases(new Ledger(kit.store(), Clock.systemUTC())));
    kit.file("k8s/deployment.yaml", DEPLOYMENT);
    kit.file("k8s/service.yml", SERVICE);
    kit.file("k8s/prices.yaml", prices("prices", 1));
  }

  @AfterEach
  void close() {
    if (world != null) {
      world.close();
    }
  }

  private KubernetesTarget target(Namespace namespace) {
    return new KubernetesTarget(
        world.connection, namespace, world.store, "engine-1", ClusterWorld.LIMITS);
  }

  private static String prices(String name, int price) {
    return "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, data: {PRICE: '%d'}}"
        .formatted(name, price);
  }

  /** Releases what the commit's files are now. */
  private KubernetesDeployment release(String path) throws Exception {
    releases++;
    next(path);
    var _ = kit.perform(deploy);
    return (KubernetesDeployment) world.target.running(STAGING).orElseThrow();
  }

  private StepFailure failure(String path) throws InterruptedException {
    releases++;
    next(path);
    return kit.failure(deploy);
  }

  private void makeTheirs(String name) {
    var theirs =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(world.namespace.name())
            .endMetadata()
            .addToData("PRICE", "0")
            .build();
    var _ = world.admin().resource(theirs).create();
  }

  private void next(String path) {
    kit.key(new StepKey("shop", releases, "staging", "deploy", 1))
        .params("{'image': '%s'}".formatted(image))
        .environment(
            new EnvironmentGrant(
                new EnvironmentSpec(
                    "staging",
                    EnvironmentSpec.Target.KUBERNETES,
                    null,
                    null,
                    null,
                    null,
                    false,
                    new Namespace(ClusterWorld.CLUSTER, world.namespace.name(), path)),
                releases,
                EnvironmentState.EMPTY,
                world.nextToken(),
                "ada",
                null));
  }

  private List<String> configMaps() {
    return world
        .admin()
        .configMaps()
        .inNamespace(world.namespace.name())
        .withLabels(Marks.labels(STAGING))
        .list()
        .getItems()
        .stream()
        .map(map -> map.getMetadata().getName() + "=" + map.getData().get("PRICE"))
        .sorted()
        .toList();
  }

  @Test
  void aFolderIsARelease() throws Exception {
    var one = release("k8s");

    assertThat(one.image()).isEqualTo(image);
    assertThat(one.replicas()).isEqualTo(2);
    assertThat(world.pods()).hasSize(2);
    assertThat(configMaps()).containsExactly("prices=1");
    assertThat(kit.log()).contains("3 objects of `k8s` will be applied", "Deployment/shop gets");
    assertThat(world.target.url(STAGING).getHost()).startsWith("shop.");

    world.target.stop(STAGING, world.nextToken(), world.log);

    assertThat(world.pods()).isEmpty();
    assertThat(configMaps()).isEmpty();
    assertThat(world.admin().services().inNamespace(world.namespace.name()).list().getItems())
        .isEmpty();
  }

  @Test
  void aChangedConfigMapRollsThePodsAndGoesBackWithTheRelease() throws Exception {
    var one = release("k8s");
    var before = world.pods();
    var configuration = configurationOfPods();
    kit.file("k8s/prices.yaml", prices("prices", 2));

    var two = release("k8s");

    assertThat(two.image()).isEqualTo(one.image());
    assertThat(configMaps()).containsExactly("prices=2");
    // Old pods may still end when the rollout is complete.
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(world.pods()).doesNotContainAnyElementsOf(before));
    assertThat(configurationOfPods()).isNotEqualTo(configuration);

    world.apply(one);

    assertThat(configMaps()).containsExactly("prices=1");
    assertThat(configurationOfPods()).isEqualTo(configuration);
    assertThat(world.target.running(STAGING)).contains(one);
  }

  private String configurationOfPods() {
    var template = world.live().getSpec().getTemplate().getMetadata();
    return Objects.requireNonNull(template.getAnnotations().get(Marks.CONFIGURATION));
  }

  @Test
  void whatAReleaseNoLongerHasIsRemovedUnlessItWasThereBefore() throws Exception {
    makeTheirs("theirs");
    kit.file("k8s/more.yaml", prices("more", 1) + "\n---\n" + prices("theirs", 1));
    var refused = failure("k8s");
    assertThat(refused.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(refused.happened()).contains("ConfigMap/theirs", "by somebody else (somebody)");
    assertThat(refused.advice())
        .contains(
            "kubectl -n %s label --overwrite configmaps theirs".formatted(world.namespace.name()),
            "slipway.dev/application=shop slipway.dev/environment=staging slipway.dev/part=adopt");
    assertThat(configMaps()).isEmpty();
    var _ =
        world
            .admin()
            .configMaps()
            .inNamespace(world.namespace.name())
            .withName("theirs")
            .edit(
                map ->
                    new ConfigMapBuilder(map)
                        .editMetadata()
                        .addToLabels(Marks.labels(STAGING))
                        .addToLabels(Marks.PART, Marks.HANDED_OVER)
                        .endMetadata()
                        .build());
    var one = release("k8s");
    assertThat(configMaps()).containsExactly("more=1", "prices=1", "theirs=1");
    Files.delete(kit.source().resolve("k8s/more.yaml"));

    var _ = release("k8s");

    assertThat(configMaps()).containsExactly("prices=1", "theirs=1");

    world.apply(one);

    assertThat(configMaps()).containsExactly("more=1", "prices=1", "theirs=1");
  }

  @Test
  void aKustomizationIsRendered() throws Exception {
    kit.file("k8s/kustomization.yaml", "resources: [deployment.yaml, service.yml, prices.yaml]");
    kit.file(
        "overlays/staging/kustomization.yaml",
        """
        resources: [../../k8s]
        replicas: [{name: shop, count: 1}]
        """);

    var one = release("overlays/staging");

    assertThat(one.replicas()).isEqualTo(1);
    assertThat(world.pods()).hasSize(1);
    assertThat(configMaps()).containsExactly("prices=1");
  }

  @Test
  void aKustomizationFetchesNothing() throws Exception {
    kit.file("k8s/kustomization.yaml", "resources: ['https://example.com/all.yaml']");

    var failure = failure("k8s");

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("k8s/kustomization.yaml", "https://example.com");
    assertThat(failure.advice()).contains("nothing is fetched");
  }

  @Test
  void aChartIsRendered() throws Exception {
    HelmProgram.require();
    kit.file("chart/Chart.yaml", "{apiVersion: v2, name: any, version: 1.0.0}");
    kit.file("chart/values.yaml", "{pods: 1, parts: {price: 7}}");
    kit.file(
        "chart/templates/deployment.yaml",
        DEPLOYMENT.replace("replicas: 2", "replicas: {{ .Values.pods }}"));
    kit.file(
        "chart/templates/hook.yaml",
        """
        {apiVersion: batch/v1, kind: Job,
         metadata: {name: hook, annotations: {helm.sh/hook: pre-install}}}
        """);
    kit.file("chart/charts/parts/Chart.yaml", "{apiVersion: v2, name: parts, version: 1.0.0}");
    kit.file("chart/charts/parts/values.yaml", "{price: 1}");
    kit.file(
        "chart/charts/parts/templates/all.yaml",
        SERVICE
            + "---\n"
            + prices("prices", 1).replace("'1'", "'{{ .Values.price }}'")
            + "\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: of-{{ .Release.Name }}},"
            + " data: {PRICE: '{{ .Release.Namespace }}'}}\n");

    var one = release("chart");

    assertThat(one.replicas()).isEqualTo(1);
    assertThat(world.pods()).hasSize(1);
    assertThat(configMaps()).containsExactly("of-shop=" + world.namespace.name(), "prices=7");
  }

  @Test
  void aChartThatLacksWhatItDependsOnIsRefused() throws Exception {
    kit.file(
        "chart/Chart.yaml",
        "{apiVersion: v2, name: a, version: 1.0.0, dependencies: [{name: redis, version: 1.x}]}");

    var failure = failure("chart");

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("chart/Chart.yaml depends on redis");
  }

  @Test
  void whatSomebodyElseChangedIsAConflict() throws Exception {
    var _ = release("k8s");
    var _ =
        world
            .admin()
            .configMaps()
            .inNamespace(world.namespace.name())
            .withName("prices")
            .edit(map -> new ConfigMapBuilder(map).addToData("PRICE", "9").build());
    kit.file("k8s/prices.yaml", prices("prices", 2));

    var failure = failure("k8s");

    assertThat(failure.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(failure.happened()).contains("ConfigMap/prices", ".data.PRICE (somebody)");
    assertThat(configMaps()).containsExactly("prices=9");
  }
}
