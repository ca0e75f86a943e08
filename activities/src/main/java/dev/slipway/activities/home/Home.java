package dev.slipway.activities.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The folder in which everything that a machine remembers lives: {@code SLIPWAY_HOME}, by default
 * {@code ~/.slipway}. Every path below it is named here alone.
 *
 * @param folder absolute
 * @param cache what can be made again, such as dependencies: {@code SLIPWAY_CACHE}, by default
 *     {@code cache} in the home
 */
public record Home(Path folder, Path cache) {
  public Home {
    folder = folder.toAbsolutePath().normalize();
    cache = cache.toAbsolutePath().normalize();
  }

  /** The home at this folder, with its cache inside. */
  public static Home at(Path folder) {
    return new Home(folder, folder.resolve("cache"));
  }

  /**
   * The home that a process's environment names.
   *
   * @param env usually {@link System#getenv()}
   */
  public static Home of(Map<String, String> env) {
    var folder = named(env, "SLIPWAY_HOME", Path.of(System.getProperty("user.home"), ".slipway"));
    return new Home(folder, named(env, "SLIPWAY_CACHE", folder.resolve("cache")));
  }

  /** Makes the folder, for its owner alone, and that for logs, if they are not there. */
  public void create() throws IOException {
    if (!Files.isDirectory(folder)) {
      var parent = folder.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      var owner = PosixFilePermissions.fromString("rwx------");
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owner));
    }
    Files.createDirectories(logs());
  }

  private static Path named(Map<String, String> env, String variable, Path otherwise) {
    var value = env.getOrDefault(variable, "");
    return value.isBlank() ? otherwise : Path.of(value);
  }

  /** Artifacts, logs, runs and ledgers. */
  public Path store() {
    return folder.resolve("store");
  }

  /** The logs of our own processes. */
  public Path logs() {
    return folder.resolve("logs");
  }

  /** The development server's data. */
  public Path temporal() {
    return folder.resolve("temporal");
  }

  /** The embedded PostgreSQL's data. */
  public Path database() {
    return folder.resolve("database");
  }

  /** What the local target runs. */
  public Path target() {
    return folder.resolve("target");
  }

  /** Our own copy of an application's commits. */
  public Path mirror(String application) {
    return folder.resolve("git").resolve(application + ".git");
  }

  /** Workspaces of attempts; empty while nothing runs. */
  public Path work() {
    return folder.resolve("work");
  }

  /** Copies of applications' repositories. */
  public Path git() {
    return folder.resolve("git");
  }

  /** The worker's secrets, one {@code NAME=value} a line. */
  public Path secrets() {
    return folder.resolve("secrets.properties");
  }

  /** The clusters that this machine's worker knows, with their credentials. */
  public Path clusters() {
    return folder.resolve("clusters");
  }

  /** Says where the running server is. */
  public Path serverFile() {
    return folder.resolve("server.json");
  }

  /** Held by the running server. */
  public Path serverLock() {
    return folder.resolve("server.lock");
  }
}
