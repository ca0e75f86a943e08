package dev.slipway.worker.engine;

import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server, or Temporal Cloud, that Temporal's own environment configuration names: {@code
 * TEMPORAL_ADDRESS}, {@code TEMPORAL_NAMESPACE}, {@code TEMPORAL_API_KEY}, {@code TEMPORAL_TLS_…},
 * or a profile of its configuration file.
 */
public final class Configured implements Engine {
  private static final List<String> VARIABLES =
      List.of("TEMPORAL_NAMESPACE", "TEMPORAL_API_KEY", "TEMPORAL_PROFILE", "TEMPORAL_TLS");

  private final String address;
  private final String namespace;
  private final WorkflowServiceStubsOptions connection;

  private Configured(String address, String namespace, WorkflowServiceStubsOptions connection) {
    this.address = address;
    this.namespace = namespace;
    this.connection = connection;
  }

  /**
   * What the environment configures; empty when it configures nothing.
   *
   * @throws EngineFailedException when the configuration can't be read or names no address
   */
  public static Optional<Configured> of(Map<String, String> env) throws EngineFailedException {
    ClientConfigProfile profile;
    try {
      profile =
          ClientConfigProfile.load(
              LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(env).build());
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new EngineFailedException(
          "Temporal's configuration can't be read: " + e.getMessage(),
          "mend the file that TEMPORAL_CONFIG_FILE and TEMPORAL_PROFILE name",
          e);
    }
    var address = profile.getAddress();
    if (address == null || address.isBlank()) {
      for (var variable : VARIABLES) {
        if (!env.getOrDefault(variable, "").isBlank()) {
          throw new EngineFailedException(
              variable + " is set, but no address is configured",
              "set TEMPORAL_ADDRESS to host:port, or unset " + variable,
              null);
        }
      }
      return Optional.empty();
    }
    var namespace = profile.getNamespace();
    return Optional.of(
        new Configured(
            address,
            namespace == null || namespace.isBlank() ? "default" : namespace,
            profile.toWorkflowServiceStubsOptions()));
  }

  @Override
  public EngineKind kind() {
    return EngineKind.CONFIGURED;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public String namespace() {
    return namespace;
  }

  @Override
  public Optional<URI> webUi() {
    return address.contains(".tmprl.cloud:")
        ? Optional.of(URI.create("https://cloud.temporal.io/namespaces/" + namespace))
        : Optional.empty();
  }

  @Override
  public WorkflowServiceStubsOptions connection() {
    return connection;
  }

  @Override
  public void close() {}
}
