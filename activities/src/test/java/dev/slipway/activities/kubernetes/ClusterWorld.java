package dev.slipway.activities.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.slipway.activities.home.Home;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.store.FolderStore;
import dev.slipway.activities.store.Store;
import dev.slipway.activities.target.Exposure;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.environment.KubernetesDeployment.Workload;
import dev.slipway.environment.ReleaseLabels;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepFailure;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A namespace of a test's own in the real cluster, and a target for it. */
final class ClusterWorld implements AutoCloseable {
  static final String CLUSTER = "test";
  static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");

  /** Shorter than for people, where a test has to see one of them pass. */
  static final Limits LIMITS = Limits.DEFAULT.withProgress(Duration.ofSeconds(15));

  private static final AtomicLong TOKENS = new AtomicLong();

  final Queue<String> said = new ConcurrentLinkedQueue<>();
  final StepLog log =
      new StepLog() {
        @Override
        public void line(String text) {
          said.add(text);
        }

        @Override
        public void progress(String text) {
          said.add(text);
        }
      };
  final Namespace namespace =
      new Namespace(CLUSTER, "slipway-" + UUID.randomUUID().toString().substring(0, 8));
  final Path kubeconfig;
  final String context;
  final Home home;
  final Clusters clusters;
  final ClusterConnection connection;
  final Store store;
  final KubernetesTarget target;
  private final KubernetesClient admin;

  private ClusterWorld(Path kubeconfig, Path folder) throws Exception {
    this.kubeconfig = kubeconfig;
    this.context = currentContext(kubeconfig);
    this.home = Home.at(folder.resolve("home"));
    this.clusters = new Clusters(home);
    var _ = clusters.add(CLUSTER, kubeconfig, context);
    this.connection = clusters.open(CLUSTER);
    this.store = FolderStore.open(home.store());
    this.target = target("engine-1");
    this.admin =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Kubeconfig.context(kubeconfig, context).settings())
                    .withUserAgent("somebody")
                    .build())
            .build();
    admin
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace.name())
                .endMetadata()
                .build())
        .create();
  }

  /** With the cluster that the environment names; a machine without one skips, and CI does not. */
  static ClusterWorld open(Path folder) throws Exception {
    return new ClusterWorld(givenKubeconfig(), folder);
  }

  static Path givenKubeconfig() {
    var given = System.getenv("KUBECONFIG");
    if (given == null || !Files.exists(Path.of(given))) {
      var why = "no cluster: KUBECONFIG names no file";
      assertThat(System.getenv("CI")).as(why).isNotEqualTo("true");
      abort(why);
    }
    return Path.of(given);
  }

  static String currentContext(Path kubeconfig) throws IOException {
    return Serialization.unmarshal(
            Files.readString(kubeconfig), io.fabric8.kubernetes.api.model.Config.class)
        .getCurrentContext();
  }

  KubernetesTarget target(String engine) {
    return new KubernetesTarget(connection, namespace, store, engine, LIMITS);
  }

  /** What a person would do beside us. */
  KubernetesClient admin() {
    return admin;
  }

  long nextToken() {
    return TOKENS.incrementAndGet();
  }

  static KubernetesDeployment release(long number, String image, int replicas) {
    var workload = new Workload("shop", null, 8080, "/health", null);
    var digest = Images.digest(image).orElseThrow();
    return new KubernetesDeployment(
        new ReleaseLabels(
            STAGING, number, 100 + number, "c0ffee" + number, digest, digest, "Änne <a@b.example>"),
        image,
        workload,
        replicas);
  }

  void apply(KubernetesDeployment wanted) throws Exception {
    target.apply(STAGING, wanted, RolloutSettings.DEFAULT, nextToken(), log);
  }

  Optional<URI> expose(KubernetesDeployment candidate, Exposure exposure) throws Exception {
    return target.expose(STAGING, candidate, exposure, nextToken(), log);
  }

  /** What is there in the namespace: Deployments with their size, Services with where they lead. */
  List<String> objects() {
    var all = new ArrayList<String>();
    for (var deployment :
        admin().apps().deployments().inNamespace(namespace.name()).list().getItems()) {
      all.add(
          "%s of %d"
              .formatted(deployment.getMetadata().getName(), deployment.getSpec().getReplicas()));
    }
    for (var service : admin().services().inNamespace(namespace.name()).list().getItems()) {
      all.add(
          "%s to %s".formatted(service.getMetadata().getName(), service.getSpec().getSelector()));
    }
    return all;
  }

  StepFailure failureOf(ThrowingWork work) {
    try {
      work.run();
    } catch (StepFailedException e) {
      return e.failure();
    } catch (Exception e) {
      throw new AssertionError("failed in another way", e);
    }
    throw new AssertionError("did not fail");
  }

  interface ThrowingWork {
    void run() throws Exception;
  }

  Deployment live() {
    return deployment("shop").get();
  }

  /** As somebody else reads, changes or deletes it. */
  RollableScalableResource<Deployment> deployment(String name) {
    return admin().apps().deployments().inNamespace(namespace.name()).withName(name);
  }

  /** What somebody does who gives the application another size. */
  void scale(int replicas) {
    var _ =
        deployment("shop")
            .edit(
                live ->
                    new DeploymentBuilder(live)
                        .editSpec()
                        .withReplicas(replicas)
                        .endSpec()
                        .build());
  }

  /** Has these objects be in the namespace. */
  void load(String yaml) {
    var _ =
        admin()
            .load(new ByteArrayInputStream(yaml.getBytes(UTF_8)))
            .inNamespace(namespace.name())
            .serverSideApply();
  }

  GenericKubernetesResource route(String name) {
    return admin()
        .genericKubernetesResources("gateway.networking.k8s.io/v1", "HTTPRoute")
        .inNamespace(namespace.name())
        .withName(name)
        .get();
  }

  /** Those that are to stay. */
  List<String> pods() {
    return admin().pods().inNamespace(namespace.name()).list().getItems().stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .map(pod -> pod.getMetadata().getName())
        .sorted()
        .toList();
  }

  /** Opens the Service to this machine, and says where. */
  URI door() {
    var opened =
        admin()
            .services()
            .inNamespace(namespace.name())
            .withName("shop")
            .edit(
                service ->
                    new ServiceBuilder(service).editSpec().withType("NodePort").endSpec().build());
    var port = opened.getSpec().getPorts().getFirst().getNodePort();
    await().atMost(Duration.ofSeconds(20)).until(() -> isOpen(port));
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  private static boolean isOpen(int port) {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    var _ = admin().namespaces().withName(namespace.name()).withGracePeriod(0L).delete();
    admin.close();
    clusters.close();
  }
}
