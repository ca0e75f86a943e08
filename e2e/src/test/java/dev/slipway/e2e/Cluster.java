package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The cluster of {@code KUBECONFIG}, looked at with {@code kubectl} as a person would. */
final class Cluster implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> namespaces = new ArrayList<>();

  private Cluster() {}

  static Cluster ofEnvironment() {
    assertThat(System.getenv("KUBECONFIG"))
        .as("KUBECONFIG must name a test cluster; .ci/run starts one")
        .isNotNull();
    return new Cluster();
  }

  Path kubeconfig() {
    return Path.of(Objects.requireNonNull(System.getenv("KUBECONFIG")));
  }

  String context() throws IOException, InterruptedException {
    return kubectl("", "config", "current-context").strip();
  }

  /** Where images are put that its nodes can pull. */
  String registry() {
    return System.getenv().getOrDefault("CLUSTER_REGISTRY", "localhost:5000");
  }

  /** Makes an empty namespace, which is removed at the close. */
  void namespace(String name) throws IOException, InterruptedException {
    kubectl("", "delete", "namespace", name, "--ignore-not-found", "--wait");
    kubectl("", "create", "namespace", name);
    namespaces.add(name);
  }

  /** Has a port of the node lead to the application's pods. */
  void opensPort(String namespace, String application, int port)
      throws IOException, InterruptedException {
    apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: %s, namespace: %s}
        spec:
          type: NodePort
          selector: {app.kubernetes.io/name: %s}
          ports: [{port: 80, targetPort: 8080, nodePort: %d}]
        """
            .formatted(application, namespace, application, port));
  }

  void apply(String yaml) throws IOException, InterruptedException {
    kubectl(yaml, "apply", "-f", "-");
  }

  JsonNode deployment(String namespace, String name) throws IOException, InterruptedException {
    return JSON.readTree(
        kubectl("", "get", "deployment", name, "--namespace", namespace, "--output", "json"));
  }

  /** The image that the Deployment asks for. */
  String image(String namespace, String name) throws IOException, InterruptedException {
    return deployment(namespace, name).at("/spec/template/spec/containers/0/image").asText();
  }

  String kubectl(String input, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + out).isZero();
    return out;
  }

  @Override
  public void close() throws IOException {
    try {
      for (var namespace : namespaces) {
        kubectl("", "delete", "namespace", namespace, "--ignore-not-found", "--wait=false");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
