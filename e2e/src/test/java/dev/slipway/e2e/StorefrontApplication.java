package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The example shop with the pipeline file of the product's first article. In each namespace it
 * finds what an operator has put there: a database with the shop's schema, and a Deployment that
 * knows it.
 */
record StorefrontApplication(Path folder) {
  static final String NAME = "storefront";

  private static final Path EXAMPLE = Slipway.PROJECT.resolve("examples/storefront");
  private static final Set<String> NOT_OF_THE_COMMIT = Set.of("node_modules", "dist", "coverage");
  private static final String DATABASE = "postgres:15";

  /**
   * Makes it in a folder that is not there.
   *
   * @param registry where its image goes
   * @param staging where staging is reached
   */
  static StorefrontApplication in(Path folder, String registry, String staging)
      throws IOException, InterruptedException {
    copyTo(folder);
    var repository = new Repository(folder);
    repository.write(
        "slipway.yaml",
        "registry: "
            + registry
            + "\n"
            + FullStackApplication.seed()
                .replace("application: " + FullStackApplication.NAME, "application: " + NAME)
                .replace("https://staging.example.com", staging));
    repository.begin();
    return new StorefrontApplication(folder);
  }

  private static void copyTo(Path folder) throws IOException {
    Files.walkFileTree(
        EXAMPLE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes)
              throws IOException {
            if (NOT_OF_THE_COMMIT.contains(String.valueOf(from.getFileName()))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(folder.resolve(EXAMPLE.relativize(from)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path from, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(from, folder.resolve(EXAMPLE.relativize(from)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Puts the engine's image of the database where the cluster's nodes can pull it. */
  static void pushDatabase(Cluster cluster) throws IOException, InterruptedException {
    var image = cluster.registry() + "/" + DATABASE;
    docker("tag", DATABASE, image);
    try {
      docker("push", "--quiet", image);
    } finally {
      docker("rmi", image);
    }
  }

  private static void docker(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }

  /** What an operator has put into a namespace before the first release. */
  void prepare(Cluster cluster, String namespace, int port)
      throws IOException, InterruptedException {
    cluster.kubectl(
        "",
        "create",
        "configmap",
        "schema",
        "--namespace",
        namespace,
        "--from-file=" + folder.resolve("db/migrations/V1__products.sql"),
        "--from-file=" + folder.resolve("db/migrations/V2__orders.sql"));
    cluster.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: database, namespace: %1$s}
        stringData:
          password: only-for-tests
          url: postgres://postgres:only-for-tests@database:5432/postgres
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: database, namespace: %1$s}
        spec:
          selector: {matchLabels: {app: database}}
          template:
            metadata: {labels: {app: database}}
            spec:
              containers:
                - name: postgres
                  image: %2$s/%3$s
                  env:
                    - {name: POSTGRES_PASSWORD, valueFrom: {secretKeyRef: {name: database, key: password}}}
                  readinessProbe:
                    exec: {command: [pg_isready, --host, 127.0.0.1, --username, postgres]}
                    periodSeconds: 1
                  volumeMounts: [{name: schema, mountPath: /docker-entrypoint-initdb.d}]
              volumes: [{name: schema, configMap: {name: schema}}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: database, namespace: %1$s}
        spec: {selector: {app: database}, ports: [{port: 5432}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %4$s, namespace: %1$s}
        spec:
          replicas: 0
          selector: {matchLabels: {app: %4$s}}
          template:
            metadata: {labels: {app: %4$s}}
            spec:
              containers:
                - name: shop
                  image: %2$s/%4$s:before
                  env:
                    - {name: DATABASE_URL, valueFrom: {secretKeyRef: {name: database, key: url}}}
                    - {name: SLIPWAY_ENVIRONMENT, value: %1$s}
                  readinessProbe: {httpGet: {path: /health, port: 8080}, periodSeconds: 1}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: %4$s, namespace: %1$s}
        spec:
          type: NodePort
          selector: {app: %4$s}
          ports: [{port: 80, targetPort: 8080, nodePort: %5$d}]
        """
            .formatted(namespace, cluster.registry(), DATABASE, NAME, port));
    cluster.kubectl(
        "", "rollout", "status", "deployment/database", "--namespace", namespace, "--timeout=120s");
  }
}
