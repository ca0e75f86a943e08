package dev.slipway.activities.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.action.FailureType;
import dev.slipway.activities.home.Home;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The clusters that this machine's worker knows by name, each with credentials of its own and the
 * UID that it had when it was added. Nobody's current context and no {@code KUBECONFIG} counts.
 */
public final class Clusters implements AutoCloseable {
  private static final String CREDENTIALS = ".kubeconfig";
  private static final String IDENTITY = ".uid";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  /** The namespace that every cluster has and nobody makes again. */
  private static final String SYSTEM = "kube-system";

  private final Path folder;
  private final ConcurrentHashMap<String, ClusterConnection> open = new ConcurrentHashMap<>();

  public Clusters(Home home) {
    this.folder = home.clusters();
  }

  /**
   * Makes a cluster known, with one context of somebody's kubeconfig.
   *
   * @return the cluster's UID
   * @throws StepFailedException when the context can't be used, the cluster does not answer, or the
   *     name stands for another one
   */
  public String add(String name, Path kubeconfig, String context)
      throws StepFailedException, InterruptedException {
    if (!NAME.matcher(name).matches()) {
      throw wrong(
          "`%s` can't name a cluster".formatted(name),
          "Use letters, digits, dots, dashes and underscores.");
    }
    var credentials = Kubeconfig.context(kubeconfig, context);
    String uid;
    try (var connection = connect(name, credentials)) {
      uid = uid(connection);
    }
    var pinned = pinned(name);
    if (pinned.isPresent() && !pinned.get().equals(uid)) {
      throw other(name, pinned.get(), uid);
    }
    write(file(name, CREDENTIALS), credentials.yaml());
    write(file(name, IDENTITY), uid);
    forget(name);
    return uid;
  }

  /** A cluster that was added. */
  public record Known(String name, String uid) {}

  /** Those that were added, by name. */
  public List<Known> list() throws StepFailedException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var known = new ArrayList<Known>();
    for (var name : names()) {
      known.add(new Known(name, pinned(name).orElse("unknown")));
    }
    return known;
  }

  private List<String> names() throws StepFailedException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(CREDENTIALS) && !file.startsWith("."))
          .map(file -> file.substring(0, file.length() - CREDENTIALS.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** Forgets a cluster and its credentials; whether it was known. */
  public boolean remove(String name) throws StepFailedException {
    forget(name);
    try {
      var known = Files.deleteIfExists(file(name, CREDENTIALS));
      return Files.deleteIfExists(file(name, IDENTITY)) || known;
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /**
   * A connection to a cluster that was added; the same one for as long as this process lives.
   *
   * @throws StepFailedException CONFIGURATION when it was not added, CONFLICT when another cluster
   *     answers in its place
   */
  public ClusterConnection open(String name) throws StepFailedException, InterruptedException {
    var known = open.get(name);
    if (known != null) {
      return known;
    }
    var pinned = pinned(name);
    if (!NAME.matcher(name).matches() || pinned.isEmpty()) {
      throw wrong(
          "this worker knows no cluster %s".formatted(name),
          "Make it known: " + ClusterFailures.addition(name));
    }
    var connection = connect(name, Kubeconfig.own(file(name, CREDENTIALS)));
    try {
      var uid = uid(connection);
      if (!uid.equals(pinned.get())) {
        throw other(name, pinned.get(), uid);
      }
    } catch (StepFailedException | InterruptedException e) {
      connection.close();
      throw e;
    }
    var first = open.putIfAbsent(name, connection);
    if (first != null) {
      connection.close();
      return first;
    }
    return connection;
  }

  @Override
  public void close() {
    open.values().forEach(ClusterConnection::close);
    open.clear();
  }

  private void forget(String name) {
    var connection = open.remove(name);
    if (connection != null) {
      connection.close();
    }
  }

  private static ClusterConnection connect(String name, Kubeconfig credentials) {
    return new ClusterConnection(
        name,
        new KubernetesClientBuilder()
            .withConfig(credentials.settings())
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build());
  }

  private static String uid(ClusterConnection connection)
      throws StepFailedException, InterruptedException {
    return connection
        .find(client -> client.namespaces().withName(SYSTEM).get())
        .map(namespace -> namespace.getMetadata().getUid())
        .orElseThrow(
            () ->
                wrong(
                    "cluster %s has no namespace %s".formatted(connection.name(), SYSTEM),
                    "Is the address that of a Kubernetes API server?"));
  }

  private Optional<String> pinned(String name) throws StepFailedException {
    var file = file(name, IDENTITY);
    try {
      return Files.exists(file) && Files.exists(file(name, CREDENTIALS))
          ? Optional.of(Files.readString(file).strip())
          : Optional.empty();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private Path file(String name, String kind) {
    return folder.resolve(name + kind);
  }

  /** Whole or not at all, and for its owner alone. */
  private void write(Path file, String content) throws StepFailedException {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      var fresh = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
      try {
        Files.createFile(
            fresh,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var stream = new FileOutputStream(fresh.toFile())) {
          stream.write(content.getBytes(UTF_8));
          stream.getFD().sync();
        }
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "%s can't be written: %s".formatted(file, e.getMessage()),
          "Does SLIPWAY_HOME belong to this user, and is there room?",
          e);
    }
  }

  private static StepFailedException other(String name, String pinned, String uid) {
    return new StepFailedException(
        FailureType.CONFLICT,
        "what answers as cluster %s has the UID %s, and was added with %s"
            .formatted(name, uid, pinned),
        "It is another cluster. If that is meant: slipway cluster remove %s, then %s"
            .formatted(name, ClusterFailures.addition(name)));
  }

  private static StepFailedException wrong(String happened, String advice) {
    return new StepFailedException(FailureType.CONFIGURATION, happened, advice);
  }

  private static StepFailedException unreadable(Path file, IOException cause) {
    return new StepFailedException(
        FailureType.INFRASTRUCTURE,
        "%s can't be used: %s".formatted(file, cause.getMessage()),
        "Does SLIPWAY_HOME belong to this user?",
        cause);
  }
}
