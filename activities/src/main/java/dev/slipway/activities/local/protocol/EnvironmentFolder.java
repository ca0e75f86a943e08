package dev.slipway.activities.local.protocol;

import dev.slipway.artifact.Digest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an environment's supervisor keeps its things. Only the user may enter, which is what
 * authenticates whoever speaks to the supervisor.
 */
public record EnvironmentFolder(EnvironmentId environment, Path path) {
  /** Addresses of Unix sockets hold 104 bytes on macOS and 108 on Linux, with a closing zero. */
  static final int MOST_SOCKET_BYTES = 100;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /**
   * The folder of an environment, which need not exist.
   *
   * @param root has a folder for each application
   * @throws IllegalArgumentException when a name can't be a folder's
   */
  public static EnvironmentFolder of(Path root, EnvironmentId environment) {
    return new EnvironmentFolder(
        environment,
        root.toAbsolutePath()
            .normalize()
            .resolve(name(environment.application()))
            .resolve(name(environment.name())));
  }

  /** Whether an environment was ever here. */
  public boolean exists() {
    return Files.isDirectory(path);
  }

  /** Makes the folder, for the user alone. */
  public void make() throws IOException {
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(releases());
    Files.createDirectories(assets());
    Files.createDirectories(logs());
  }

  /** Held by the one supervisor. */
  public Path lock() {
    return path.resolve("lock");
  }

  /** What the supervisor remembers. */
  public Path state() {
    return path.resolve("state.json");
  }

  /** The variables of replicas that are secrets. */
  public Path variables() {
    return path.resolve("variables.json");
  }

  /** Which files are served. */
  public Path served() {
    return path.resolve("served.json");
  }

  /** Unpacked artifacts by digest. */
  public Path releases() {
    return path.resolve("releases");
  }

  /** Where an artifact is unpacked. */
  public Path release(Digest artifact) {
    return releases().resolve(artifact.hex());
  }

  /** Published files by digest. */
  public Path assets() {
    return path.resolve("assets");
  }

  /** Where a published file is. */
  public Path asset(Digest content) {
    return assets().resolve(content.hex());
  }

  /** What replicas and the supervisor print. */
  public Path logs() {
    return path.resolve("logs");
  }

  /** What the supervisor prints. */
  public Path supervisorLog() {
    return logs().resolve("supervisor.log");
  }

  /** What a replica prints. */
  public Path replicaLog(String replica) {
    return logs().resolve(replica + ".log");
  }

  /** Where the supervisor listens, if one has said so. */
  public Optional<Endpoint> endpoint() {
    try {
      return Optional.of(Json.read(Files.readAllBytes(endpointFile()), Endpoint.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + endpointFile(), e);
    }
  }

  /** Chooses where a supervisor listens: in this folder, or in a short one if this one is long. */
  public Path chooseSocket() throws IOException {
    var near = path.resolve("control.sock");
    return fits(near)
        ? near
        : Files.createTempDirectory(Path.of(System.getProperty("java.io.tmpdir")), "slipway-")
            .resolve("control.sock");
  }

  /** Makes it known where the supervisor listens. */
  public void announce(Endpoint endpoint) throws IOException {
    PrivateFiles.write(endpointFile(), Json.bytes(endpoint));
  }

  /** Takes the announcement back, and what was made for it. */
  public void conceal() throws IOException {
    var known = endpoint();
    if (known.isPresent()) {
      var socket = Path.of(known.get().socket());
      Files.deleteIfExists(socket);
      var parent = socket.getParent();
      if (parent != null && !parent.equals(path)) {
        Files.deleteIfExists(parent);
      }
    }
    Files.deleteIfExists(endpointFile());
  }

  private Path endpointFile() {
    return path.resolve("endpoint.json");
  }

  private static boolean fits(Path socket) {
    return socket.toString().getBytes(StandardCharsets.UTF_8).length <= MOST_SOCKET_BYTES;
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("`" + text + "` can't name a folder");
    }
    return text;
  }

  /**
   * Where a supervisor listens.
   *
   * @param socket of the control protocol
   * @param pid of the supervisor
   * @param started tells it from a later process of the same number
   */
  public record Endpoint(String socket, long pid, Instant started) {}
}
