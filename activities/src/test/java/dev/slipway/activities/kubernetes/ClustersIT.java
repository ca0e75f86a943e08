package dev.slipway.activities.kubernetes;

import static dev.slipway.activities.kubernetes.ClusterWorld.STAGING;
import static dev.slipway.activities.kubernetes.ClusterWorld.release;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.FailureType;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
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
    for (var object : Rbac.objects(STAGING, world.namespace)) {
      var _ = world.admin().resource(object).serverSideApply();
    }
    var account = Rbac.account(STAGING);
    var token =
        world
            .admin()
            .serviceAccounts()
            .inNamespace(world.namespace.name())
            .withName(account)
            .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
            .getStatus()
            .getToken();
    var home = Home.at(folder.resolve("other-home"));
    try (var clusters = new Clusters(home)) {
      var _ = clusters.add("test", kubeconfig(token), "slipway");
      var connection = clusters.open("test");
      var target =
          new KubernetesTarget(connection, world.namespace, "engine-1", ClusterWorld.LIMITS);
      var images = new TestImages();
      var one = release(1, images.serving("one"), 1);

      target.apply(STAGING, one, RolloutSettings.DEFAULT, world.nextToken(), world.log);
      var crash =
          world.failureOf(
              () ->
                  target.apply(
                      STAGING,
                      release(2, images.crashing(), 1),
                      RolloutSettings.DEFAULT,
                      world.nextToken(),
                      world.log));
      target.apply(STAGING, one, RolloutSettings.DEFAULT, world.nextToken(), world.log);
      var probe = target.probe(STAGING, Duration.ofSeconds(1), Duration.ofMillis(500), world.log);

      assertThat(crash.happened()).contains("boom");
      assertThat(target.running(STAGING)).contains(one);
      assertThat(probe.problems()).isEmpty();
      assertThat(target.url(STAGING).toString())
          .isEqualTo("http://shop.%s.svc".formatted(world.namespace.name()));
      var elsewhere =
          new KubernetesTarget(
              connection, new Namespace("test", "default"), "engine-1", ClusterWorld.LIMITS);
      var forbidden = world.failureOf(() -> elsewhere.running(STAGING));
      assertThat(forbidden.type()).isEqualTo(FailureType.CONFIGURATION);
      assertThat(forbidden.happened())
          .contains("may not list deployments.apps in namespace default of cluster test");
      assertThat(forbidden.advice()).contains("slipway rbac");
      target.stop(STAGING, world.nextToken(), world.log);
      assertThat(target.running(STAGING)).isEmpty();
    } finally {
      world
          .admin()
          .rbac()
          .roles()
          .inNamespace("kube-system")
          .withLabels(Marks.labels(STAGING))
          .delete();
      world
          .admin()
          .rbac()
          .roleBindings()
          .inNamespace("kube-system")
          .withLabels(Marks.labels(STAGING))
          .delete();
    }
  }

  /** The test cluster with another token. */
  private Path kubeconfig(String token) throws Exception {
    var given = Kubeconfig.context(world.kubeconfig, world.context);
    var other = new Kubeconfig(given.server(), new AuthInfoBuilder().withToken(token).build());
    return Files.writeString(Files.createTempFile(folder, "kubeconfig", ""), other.yaml());
  }
}
