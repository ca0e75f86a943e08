package dev.slipway.activities.kubernetes;

import static dev.slipway.activities.kubernetes.ClusterWorld.STAGING;
import static dev.slipway.activities.kubernetes.ClusterWorld.release;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.action.FailureType;
import dev.slipway.activities.plan.FieldChange;
import dev.slipway.activities.plan.ObjectChange;
import dev.slipway.activities.plan.ObjectChange.Fate;
import dev.slipway.activities.target.Exposure;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.environment.KubernetesDeployment.Workload;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a release would change in a real cluster, which stays as it is. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ClusterPreviewIT {
  private final TestImages images = new TestImages();
  @TempDir private Path folder;
  private ClusterWorld world;
  private KubernetesDeployment one;
  private KubernetesDeployment two;

  @BeforeEach
  void open() throws Exception {
    world = ClusterWorld.open(folder);
    one = release(1, images.serving("one"), 1);
    two = release(2, images.serving("two"), 4);
  }

  @AfterEach
  void close() {
    if (world != null) {
      world.close();
    }
  }

  private ClusterPreview preview(String engine) {
    return new ClusterPreview(world.connection, world.namespace, world.store, engine);
  }

  private List<ObjectChange> preview(KubernetesDeployment wanted) throws Exception {
    return untouched(
        () -> preview("engine-1").apply(STAGING, wanted, RolloutSettings.DEFAULT, world.log));
  }

  private List<ObjectChange> preview(KubernetesDeployment wanted, Exposure exposure)
      throws Exception {
    return untouched(() -> preview("engine-1").expose(STAGING, wanted, exposure, world.log));
  }

  private interface Look<T> {
    T look() throws Exception;
  }

  /** Every object has the version that it had before, and none is new. */
  private <T> T untouched(Look<T> work) throws Exception {
    var before = versions();
    try {
      return work.look();
    } finally {
      assertThat(versions()).isEqualTo(before);
    }
  }

  /** Of a Deployment and a route without what the cluster itself writes while pods come and go. */
  private Map<String, String> versions() {
    var admin = world.admin();
    var name = world.namespace.name();
    var routes = admin.genericKubernetesResources("gateway.networking.k8s.io/v1", "HTTPRoute");
    var versions = new TreeMap<String, String>();
    Stream.of(
            admin.services().inNamespace(name).list().getItems(),
            admin.configMaps().inNamespace(name).list().getItems(),
            admin.leases().inNamespace(name).list().getItems())
        .<HasMetadata>flatMap(List::stream)
        .forEach(one -> versions.put(key(one), one.getMetadata().getResourceVersion()));
    Stream.of(
            admin.apps().deployments().inNamespace(name).list().getItems(),
            routes.inNamespace(name).list().getItems())
        .<HasMetadata>flatMap(List::stream)
        .forEach(
            one ->
                versions.put(
                    key(one),
                    "%s %s %s"
                        .formatted(
                            one.getMetadata().getGeneration(),
                            one.getMetadata().getAnnotations(),
                            one.getMetadata().getLabels())));
    return versions;
  }

  private static String key(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }

  private static List<String> fates(List<ObjectChange> changes) {
    return changes.stream().map(one -> one.object() + " " + one.fate()).toList();
  }

  private static ObjectChange of(String object, List<ObjectChange> changes) {
    return changes.stream().filter(one -> one.object().equals(object)).findFirst().orElseThrow();
  }

  private static String after(String path, ObjectChange change) {
    return change.fields().stream()
        .filter(field -> field.path().equals(path))
        .map(FieldChange::after)
        .findFirst()
        .orElse("none");
  }

  @Test
  void whatIsNotThereIsCreatedSmallWithAService() throws Exception {
    var changes = preview(two);

    assertThat(fates(changes)).containsExactly("Deployment/shop CREATED", "Service/shop CREATED");
    var deployment = of("Deployment/shop", changes);
    assertThat(deployment.remark()).contains("a small one is made, with a Service");
    assertThat(after("spec.replicas", deployment)).isEqualTo("4");
    assertThat(after("spec.template.spec.containers[shop].image", deployment))
        .isEqualTo(two.image());
    assertThat(deployment.fields())
        .extracting(FieldChange::path)
        .doesNotContain("spec.template.spec.dnsPolicy");
    assertThat(versions()).doesNotContainKeys("Deployment/shop", "Lease/slipway-shop");
  }

  @Test
  void whatIsThereIsComparedFieldByField() throws Exception {
    world.apply(one);

    var changes = preview(two);

    assertThat(fates(changes)).containsExactly("Deployment/shop CHANGED", "Service/shop UNCHANGED");
    assertThat(of("Deployment/shop", changes).fields())
        .contains(
            new FieldChange("spec.replicas", "1", "4"),
            new FieldChange("spec.template.spec.containers[shop].image", one.image(), two.image()),
            new FieldChange(
                "spec.template.metadata.annotations[slipway.dev/release-number]", "1", "2"))
        .allMatch(field -> !field.path().contains("managedFields"));
    assertThat(world.target.running(STAGING)).contains(one);
  }

  @Test
  void aFieldOfSomebodyElsesIsAConflictThatNamesThem() throws Exception {
    world.apply(one);
    world.scale(3);

    var deployment = of("Deployment/shop", preview(two));

    assertThat(deployment.fate()).isEqualTo(Fate.CONFLICT);
    assertThat(deployment.remark()).contains(".spec.replicas (");
    assertThat(deployment.advice()).contains("Undo that change");
    var failure = world.failureOf(() -> world.apply(two));
    assertThat(failure.happened()).isEqualTo(deployment.remark());
  }

  @Test
  void whatOthersMadeIsPatched() throws Exception {
    deployedByOthers();

    var changes = preview(two);

    assertThat(fates(changes)).containsExactly("Deployment/shop CHANGED");
    var deployment = of("Deployment/shop", changes);
    assertThat(deployment.remark()).contains("made by somebody else", "what else it has stays");
    assertThat(after("spec.template.spec.containers[web].image", deployment))
        .isEqualTo(two.image());
    assertThat(deployment.fields())
        .extracting(FieldChange::path)
        .noneMatch(path -> path.contains("COLOUR"));
  }

  private void deployedByOthers() throws Exception {
    var text =
        """
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: shop}, spec: {
          selector: {matchLabels: {app: shop}}, template: {metadata: {labels: {app: shop}},
          spec: {containers: [{name: web, image: '%s', env: [{name: COLOUR, value: green}]}]}}}}
        """
            .formatted(one.image());
    var _ =
        world
            .admin()
            .resource(Serialization.unmarshal("---\n" + text, GenericKubernetesResource.class))
            .inNamespace(world.namespace.name())
            .create();
  }

  @Test
  void aWeightThatThePodsCantExpressIsRefusedAsTheRunRefusesIt() throws Exception {
    world.apply(one);

    var planned = world.failureOf(() -> preview(two, new Exposure.Share(10)));

    assertThat(planned.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(planned.happened()).contains("4 replicas can't give a candidate 10 %");
    var run = world.failureOf(() -> world.expose(two, new Exposure.Share(10)));
    assertThat(run.happened()).isEqualTo(planned.happened());
  }

  @Test
  void aShareOfThePodsIsACandidateForNow() throws Exception {
    world.apply(one);

    var changes = preview(two, new Exposure.Share(25));

    assertThat(fates(changes)).containsExactly("Deployment/shop-candidate CREATED");
    assertThat(changes).allMatch(ObjectChange::temporary);
    assertThat(changes.getFirst().fields()).isEmpty();
    assertThat(changes.getFirst().remark()).isEqualTo("25 percent: 1 of 4 pods");
  }

  @Test
  void aSwitchUnderAnAutoscalerIsRefused() throws Exception {
    world.apply(one);
    Kubectl.in(world).run("autoscale", "deployment", "shop", "--min=1", "--max=3");

    var planned = world.failureOf(() -> preview(two, new Exposure.Switched()));

    assertThat(planned.happened()).contains("an autoscaler would shrink shop");
    assertThat(fates(preview(two, new Exposure.Preview())))
        .containsExactly("Deployment/shop-candidate CREATED", "Service/shop-preview CREATED");
  }

  @Test
  void aShareOfARouteIsJudgedByTheRouteAndNotByThePods() throws Exception {
    world.apply(one);
    route();

    var changes = preview(two, new Exposure.Routed(10, "web"));

    assertThat(fates(changes))
        .containsExactly(
            "Deployment/shop-candidate CREATED",
            "Service/shop-preview CREATED",
            "HTTPRoute/web CHANGED");
    assertThat(of("HTTPRoute/web", changes).fields())
        .contains(
            new FieldChange("spec.rules[0].backendRefs[shop].weight", "1", "90"),
            new FieldChange("spec.rules[0].backendRefs[shop-preview].weight", null, "10"));
    var missing = world.failureOf(() -> preview(two, new Exposure.Routed(10, "wen")));
    assertThat(missing.happened()).contains("there is no HTTPRoute wen");
  }

  private void route() {
    var yaml =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: door}
        spec:
          gatewayClassName: traefik
          listeners: [{name: web, protocol: HTTP, port: 8000}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: web}
        spec:
          parentRefs: [{name: door}]
          rules:
          - matches: [{path: {type: PathPrefix, value: /%s}}]
            backendRefs: [{name: shop, port: 80}]
        """
            .formatted(world.namespace.name());
    world.load(yaml);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(Serialization.asJson(world.route("web")))
                    .contains("\"type\":\"Accepted\""));
  }

  @Test
  void manifestsAreJudgedObjectByObjectAndSecretsAreNotShown() throws Exception {
    var place = new Namespace(ClusterWorld.CLUSTER, world.namespace.name(), "k8s");
    var target =
        new KubernetesTarget(world.connection, place, world.store, "engine-1", ClusterWorld.LIMITS);
    target.apply(
        STAGING,
        described(1, one.image(), map("prices", "1"), map("old", "1"), map("same", "1"), SHOP),
        RolloutSettings.DEFAULT,
        world.nextToken(),
        world.log);
    Kubectl.in(world).run("create", "configmap", "theirs", "--from-literal=V=x");
    var wanted =
        described(
            2,
            two.image(),
            map("prices", "2"),
            map("same", "1"),
            map("theirs", "2"),
            map("new", "password=hunter2"),
            SHOP);

    var changes =
        untouched(
            () ->
                new ClusterPreview(world.connection, place, world.store, "engine-1")
                    .apply(STAGING, wanted, RolloutSettings.DEFAULT, world.log));

    assertThat(fates(changes))
        .containsExactly(
            "ConfigMap/new CREATED",
            "ConfigMap/prices CHANGED",
            "ConfigMap/same UNCHANGED",
            "ConfigMap/theirs CONFLICT",
            "Deployment/shop CHANGED",
            "ConfigMap/old REMOVED");
    assertThat(of("ConfigMap/prices", changes).fields())
        .containsExactly(new FieldChange("data.V", "1", "2"));
    assertThat(of("ConfigMap/theirs", changes).remark()).contains("was made by somebody else");
    assertThat(after("data.V", of("ConfigMap/new", changes))).isEqualTo("***");
    assertThat(changes.toString()).doesNotContain("hunter2");
    var candidate =
        world.failureOf(
            () ->
                new ClusterPreview(world.connection, place, world.store, "engine-1")
                    .expose(STAGING, wanted, new Exposure.Preview(), world.log));
    assertThat(candidate.happened()).contains("a candidate beside it would share them");
  }

  private static final String SHOP =
      """
      {apiVersion: apps/v1, kind: Deployment, metadata: {name: shop}, spec: {
        selector: {matchLabels: {app: shop}}, template: {
          metadata: {labels: {app: shop}}, spec: {containers: [{name: app, image: shop,
            readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}}]}}}}
      """;

  private static String map(String name, String value) {
    return "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, data: {V: '%s'}}"
        .formatted(name, value);
  }

  private KubernetesDeployment described(long number, String image, String... objects)
      throws Exception {
    var json =
        Arrays.stream(objects)
            .map(text -> Serialization.unmarshal("---\n" + text, GenericKubernetesResource.class))
            .map(Serialization::asJson)
            .collect(Collectors.joining(",", "[", "]"));
    var blob = world.store.put(new ByteArrayInputStream(json.getBytes(UTF_8)));
    return new KubernetesDeployment(
        release(number, image, 1).labels(),
        image,
        new Workload("shop", "app", null, null, blob),
        1);
  }

  @Test
  void anotherEngineIsToldAndDoesNotKeepAnybodyFromLooking() throws Exception {
    world.apply(one);

    var other = preview("engine-2");

    assertThat(untouched(() -> other.otherEngine(STAGING))).contains("engine-1");
    assertThat(preview("engine-1").otherEngine(STAGING)).isEmpty();
    assertThat(
            fates(untouched(() -> other.apply(STAGING, two, RolloutSettings.DEFAULT, world.log))))
        .containsExactly("Deployment/shop CHANGED", "Service/shop UNCHANGED");
  }

  @Test
  void aNamespaceIsOneEnvironment() throws Exception {
    world.apply(one);
    var production = new EnvironmentId("shop", "production");

    var refusal =
        world.failureOf(
            () -> preview("engine-1").apply(production, two, RolloutSettings.DEFAULT, world.log));

    assertThat(refusal.type()).isEqualTo(FailureType.CONFLICT);
    assertThat(refusal.happened()).contains("is where environment staging of shop lives");
    assertThat(refusal.advice()).doesNotContain("delete");
  }
}
