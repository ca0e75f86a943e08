package dev.slipway.activities.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One context of a kubeconfig that needs no other file: how a cluster is reached, and as whom.
 *
 * @param server its API server
 */
record Kubeconfig(Cluster server, AuthInfo user) {
  private static final String ONLY = "slipway";

  /** Reads one context of a file of somebody else's. */
  static Kubeconfig context(Path file, String name) throws StepFailedException {
    var config = parse(file);
    var contexts = config.getContexts();
    var context =
        contexts.stream()
            .filter(candidate -> name.equals(candidate.getName()))
            .map(NamedContext::getContext)
            .findFirst()
            .orElseThrow(
                () ->
                    wrong(
                        "%s has no context %s".formatted(file, name),
                        "It has " + contexts.stream().map(NamedContext::getName).toList() + "."));
    return inlined(file, cluster(file, config, context), user(file, config, context));
  }

  /** Reads what {@link #yaml} wrote. */
  static Kubeconfig own(Path file) throws StepFailedException {
    return context(file, ONLY);
  }

  /** The kubeconfig of this context alone. */
  String yaml() {
    return Serialization.asYaml(
        new ConfigBuilder()
            .withApiVersion("v1")
            .withKind("Config")
            .withCurrentContext(ONLY)
            .withClusters(new NamedCluster(server, ONLY))
            .withUsers(new NamedAuthInfo(ONLY, user))
            .withContexts(new NamedContext(new Context(ONLY, List.of(), null, ONLY), ONLY))
            .build());
  }

  /** The client's settings; nothing of this machine or its user goes into them. */
  io.fabric8.kubernetes.client.Config settings() {
    var insecure = Boolean.TRUE.equals(server.getInsecureSkipTlsVerify());
    return new io.fabric8.kubernetes.client.ConfigBuilder(
            io.fabric8.kubernetes.client.Config.empty())
        .withAutoConfigure(false)
        .withMasterUrl(server.getServer())
        .withCaCertData(server.getCertificateAuthorityData())
        .withTlsServerName(server.getTlsServerName())
        .withTrustCerts(insecure)
        .withHttpsProxy(server.getProxyUrl())
        .withClientCertData(user.getClientCertificateData())
        .withClientKeyData(user.getClientKeyData())
        .withOauthToken(user.getToken())
        .withUsername(user.getUsername())
        .withPassword(user.getPassword())
        .withImpersonateUsername(user.getAs())
        .withImpersonateGroups(groups(user))
        .withUserAgent("slipway")
        .withConnectionTimeout(5_000)
        .withRequestTimeout(20_000)
        .withRequestRetryBackoffLimit(3)
        .withRequestRetryBackoffInterval(200)
        .withWatchReconnectInterval(1_000)
        .withWebsocketPingInterval(5_000)
        .build();
  }

  private static String[] groups(AuthInfo user) {
    var groups = user.getAsGroups();
    return groups == null ? new String[0] : groups.toArray(String[]::new);
  }

  private static Config parse(Path file) throws StepFailedException {
    try {
      var config = Serialization.unmarshal(Files.readString(file), Config.class);
      if (config == null || config.getContexts() == null) {
        throw wrong(file + " is no kubeconfig", "Name the file that `kubectl` uses.");
      }
      return config;
    } catch (NoSuchFileException e) {
      throw wrong("there is no file " + file, "Name the kubeconfig that has the context.");
    } catch (IOException | KubernetesClientException | IllegalArgumentException e) {
      throw wrong(
          "%s can't be read: %s".formatted(file, ClusterFailures.shortened(e.getMessage())),
          "It must be a kubeconfig that this user may read.");
    }
  }

  private static Cluster cluster(Path file, Config config, Context context)
      throws StepFailedException {
    return config.getClusters().stream()
        .filter(candidate -> context.getCluster().equals(candidate.getName()))
        .map(NamedCluster::getCluster)
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    "%s has no cluster %s".formatted(file, context.getCluster()),
                    "Mend the file, or name another context."));
  }

  private static AuthInfo user(Path file, Config config, Context context)
      throws StepFailedException {
    return config.getUsers().stream()
        .filter(candidate -> candidate.getName().equals(context.getUser()))
        .map(NamedAuthInfo::getUser)
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    "%s has no user %s".formatted(file, context.getUser()),
                    "Mend the file, or name another context."));
  }

  private static Kubeconfig inlined(Path file, Cluster cluster, AuthInfo user)
      throws StepFailedException {
    if (user.getExec() != null || user.getAuthProvider() != null) {
      throw wrong(
          "the context's user in %s gets its credentials from a program, which a worker does not run"
              .formatted(file),
          "Use an account of the worker's own: apply what `slipway rbac ENVIRONMENT` prints, and"
              + " name a kubeconfig with that account's token.");
    }
    return new Kubeconfig(
        new ClusterBuilder(cluster)
            .withCertificateAuthority(null)
            .withCertificateAuthorityData(
                data(
                    file, cluster.getCertificateAuthorityData(), cluster.getCertificateAuthority()))
            .build(),
        new AuthInfoBuilder(user)
            .withClientCertificate(null)
            .withClientCertificateData(
                data(file, user.getClientCertificateData(), user.getClientCertificate()))
            .withClientKey(null)
            .withClientKeyData(data(file, user.getClientKeyData(), user.getClientKey()))
            .withTokenFile(null)
            .withToken(token(file, user))
            .build());
  }

  private static @Nullable String token(Path file, AuthInfo user) throws StepFailedException {
    return user.getTokenFile() == null
        ? user.getToken()
        : new String(read(file, user.getTokenFile()), UTF_8).strip();
  }

  private static @Nullable String data(Path file, @Nullable String data, @Nullable String path)
      throws StepFailedException {
    if (data != null || path == null) {
      return data;
    }
    return Base64.getEncoder().encodeToString(read(file, path));
  }

  /** A file that a kubeconfig names lies relative to it. */
  private static byte[] read(Path file, String path) throws StepFailedException {
    var other = file.toAbsolutePath().resolveSibling(path);
    try {
      return Files.readAllBytes(other);
    } catch (IOException e) {
      throw wrong(
          "%s refers to %s, which can't be read".formatted(file, other),
          "Mend the kubeconfig, or let this user read the file.");
    }
  }

  private static StepFailedException wrong(String happened, String advice) {
    return new StepFailedException(FailureType.CONFIGURATION, happened, advice);
  }

  /** Not its credentials. */
  @Override
  public String toString() {
    return "kubeconfig of " + server.getServer();
  }
}
