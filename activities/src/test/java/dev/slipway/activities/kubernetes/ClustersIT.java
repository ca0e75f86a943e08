package dev.slipway.activities.kubernetes;

import static dev.slipway.activities.kubernetes.ClusterWorld.STAGING;
import static dev.slipway.activities.kubernetes.ClusterWorld.release;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.target.Exposure.Switched;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.environment.KubernetesDeployment.Workload;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which cluster is meant, and as whom it is used. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ClustersIT {
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

  @Test
  void oneContextIsKeptForItsOwnerAlone() throws Exception {
    var file = world.home.clusters().resolve("test.kubeconfig");

    assertThat(world.clusters.list()).extracting(Clusters.Known::name).containsExactly("test");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file))
        .contains("certificate-authority-data")
        .doesNotContain("certificate-authority:");

    assertThat(world.clusters.remove("test")).isTrue();
    assertThat(world.clusters.list()).isEmpty();
    var failure = world.failureOf(() -> world.clusters.open("test"));
    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.advice())
        .contains("slipway cluster add test --kubeconfig FILE --context CONTEXT");
  }

  @Test
  void anotherClusterUnderTheNameIsRefused() throws Exception {
    Files.writeString(world.home.clusters().resolve("test.uid"), "another");

    try (var clusters = new Clusters(world.home)) {
      var opened = world.failureOf(() -> clusters.open("test"));
      var added = world.failureOf(() -> clusters.add("test", world.kubeconfig, world.context));

      assertThat(opened.type()).isEqualTo(FailureType.CONFLICT);
      assertThat(opened.happened()).contains("was added with another");
      assertThat(added.type()).isEqualTo(FailureType.CONFLICT);
    }
  }

  @Test
  void wrongCredentialsAreToldAsSuch() throws Exception {
    var wrong = kubeconfig("no-such-token");

    var failure = world.failureOf(() -> world.clusters.add("wrong", wrong, "slipway"));

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).contains("does not accept the credentials");
    assertThat(world.clusters.list()).extracting(Clusters.Known::name).containsExactly("test");
  }

  @Test
  void anAddressWhereNobodyAnswersIsNamed() throws Exception {
    var nowhere = folder.resolve("nowhere");
    Files.writeString(
        nowhere,
        Files.readString(kubeconfig("x")).replaceAll("server: .*", "server: https://127.0.0.1:1"));

    var failure = world.failureOf(() -> world.clusters.add("wrong", nowhere, "slipway"));

    assertThat(failure.type()).isEqualTo(FailureType.TRANSIENT);
    assertThat(failure.happened()).startsWith("cluster wrong does not answer");
  }

  @Test
  void theLeastRightsSufficeAndEndAtTheNamespace() throws Exception {
    withItsRights(
        world.namespace,
        connection -> {
          var target = target(connection, world.namespace);
          var images = new TestImages();
          var one = release(1, images.serving("one"), 1);

          apply(target, one);
          var crash = world.failureOf(() -> apply(target, release(2, images.crashing(), 1)));
          apply(target, one);
          var two = release(3, images.serving("two"), 1);
          var _ = target.expose(STAGING, two, new Switched(), world.nextToken(), world.log);
          assertThat(target.running(STAGING)).contains(two);
          apply(target, one);
          var probe =
              target.probe(STAGING, Duration.ofSeconds(1), Duration.ofMillis(500), world.log);
          var manifests = world.failureOf(() -> apply(target, described(one)));

          assertThat(crash.happened()).contains("boom");
          assertThat(target.running(STAGING)).contains(one);
          assertThat(probe.problems()).isEmpty();
          assertThat(target.url(STAGING).toString())
              .isEqualTo("http://shop.%s.svc".formatted(world.namespace.name()));
          assertThat(manifests.type()).isEqualTo(FailureType.CONFIGURATION);
          assertThat(manifests.happened()).contains("configmaps");
          assertThat(manifests.advice()).contains("while the environment had `manifests`");
          var elsewhere = target(connection, new Namespace("test", "default"));
          var forbidden = world.failureOf(() -> elsewhere.running(STAGING));
          assertThat(forbidden.type()).isEqualTo(FailureType.CONFIGURATION);
          assertThat(forbidden.happened())
              .contains("may not list deployments.apps in namespace default of cluster test");
          assertThat(forbidden.advice()).contains("slipway rbac");
          target.stop(STAGING, world.nextToken(), world.log);
          assertThat(target.running(STAGING)).isEmpty();
        });
  }

  @Test
  void theRightsForManifestsSuffice() throws Exception {
    var namespace = new Namespace("test", world.namespace.name(), "deploy");
    withItsRights(
        namespace,
        connection -> {
          var target = target(connection, namespace);
          var one = release(1, new TestImages().serving("one"), 1);

          apply(target, one);
          apply(target, described(one));
          apply(target, described(one));
          apply(target, one);

          assertThat(world.said)
              .contains(
                  "applied Ingress/shop", "removes Ingress/shop, which the release does not have");
          assertThat(target.running(STAGING)).contains(one);
          apply(target, described(one));
          target.stop(STAGING, world.nextToken(), world.log);
          assertThat(target.running(STAGING)).isEmpty();
          assertThat(
                  world
                      .admin()
                      .network()
                      .v1()
                      .ingresses()
                      .inNamespace(namespace.name())
                      .list()
                      .getItems())
              .isEmpty();
        });
  }

  private interface Work {
    void with(ClusterConnection connection) throws Exception;
  }

  private KubernetesTarget target(ClusterConnection connection, Namespace namespace) {
    return new KubernetesTarget(
        connection, namespace, world.store, "engine-1", ClusterWorld.LIMITS);
  }

  private void apply(KubernetesTarget target, KubernetesDeployment release) throws Exception {
    target.apply(STAGING, release, RolloutSettings.DEFAULT, world.nextToken(), world.log);
  }

  /** As the account that an environment's rights are printed for. */
  private void withItsRights(Namespace namespace, Work work) throws Exception {
    for (var object : Rbac.objects(STAGING, namespace, List.of())) {
      var _ = world.admin().resource(object).serverSideApply();
    }
    var token =
        world
            .admin()
            .serviceAccounts()
            .inNamespace(world.namespace.name())
            .withName(Rbac.account(STAGING))
            .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
            .getStatus()
            .getToken();
    try (var clusters = new Clusters(Home.at(folder.resolve("other-home")))) {
      var _ = clusters.add("test", kubeconfig(token), "slipway");
      work.with(clusters.open("test"));
    } finally {
      var _ =
          world
              .admin()
              .rbac()
              .roles()
              .inNamespace("kube-system")
              .withLabels(Marks.labels(STAGING))
              .delete();
      var _ =
          world
              .admin()
              .rbac()
              .roleBindings()
              .inNamespace("kube-system")
              .withLabels(Marks.labels(STAGING))
              .delete();
    }
  }

  /** The same with an object of every kind that this cluster knows. */
  private KubernetesDeployment described(KubernetesDeployment release) throws Exception {
    var objects =
        """
        [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "shop"}},
         {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "shop"}},
         {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "further"},
          "spec": {"selector": {"app.kubernetes.io/name": "shop"}, "ports": [{"port": 81}]}},
         {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
          "metadata": {"name": "shop"}, "spec": {"podSelector": {}, "ingress": [{}]}},
         {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
          "metadata": {"name": "shop"}, "spec": {"maxUnavailable": 1, "selector": {}}},
         {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
          "metadata": {"name": "other"}, "spec": {"maxReplicas": 2, "scaleTargetRef":
            {"apiVersion": "apps/v1", "kind": "Deployment", "name": "other"}}},
         {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": "shop"},
          "spec": {"defaultBackend": {"service": {"name": "shop", "port": {"number": 80}}}}},
         {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "shop"},
          "spec": {"selector": {"matchLabels": {"app.kubernetes.io/name": "shop"}},
            "template": {"metadata": {"labels": {"app.kubernetes.io/name": "shop"}},
              "spec": {"containers": [{"name": "app", "image": "shop"}]}}}}]
        """;
    var blob = world.store.put(new ByteArrayInputStream(objects.getBytes(UTF_8)));
    return new KubernetesDeployment(
        release.labels(), release.image(), new Workload("shop", null, null, null, blob), 1);
  }

  /** The test cluster with another token. */
  private Path kubeconfig(String token) throws Exception {
    var given = Kubeconfig.context(world.kubeconfig, world.context);
    var other = new Kubeconfig(given.server(), new AuthInfoBuilder().withToken(token).build());
    return Files.writeString(Files.createTempFile(folder, "kubeconfig", ""), other.yaml());
  }
}
