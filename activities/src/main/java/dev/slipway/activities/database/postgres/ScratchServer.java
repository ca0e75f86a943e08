package dev.slipway.activities.database.postgres;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A PostgreSQL for a few seconds, for SQL that is not trusted: a cluster of its own that shares
 * nothing with the one that keeps data, and is gone when this is closed. {@link #sweep} ends what a
 * killed process left behind.
 */
public final class ScratchServer implements AutoCloseable {
  // What the disk holds afterwards does not matter; how long it takes does.
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("fsync", "off"),
          Map.entry("full_page_writes", "off"),
          Map.entry("synchronous_commit", "off"),
          Map.entry("wal_level", "minimal"),
          Map.entry("max_wal_senders", "0"),
          Map.entry("autovacuum", "off"),
          Map.entry("max_connections", "30"),
          Map.entry("shared_buffers", "16MB"),
          Map.entry("temp_file_limit", "256MB"),
          Map.entry("max_worker_processes", "0"),
          Map.entry("max_parallel_workers", "0"),
          Map.entry("io_method", "sync"),
          Map.entry("log_min_messages", "panic"));
  private static final List<String> INIT_OPTIONS = List.of("--no-sync", "--wal-segsize=1");
  private static final String UNFINISHED = ".template-";

  private final Cluster cluster;
  private final Path folder;
  private final int port;
  private final String password;

  private ScratchServer(Cluster cluster, Path folder, int port, String password) {
    this.cluster = cluster;
    this.folder = folder;
    this.port = port;
    this.password = password;
  }

  /**
   * A database in the scratch cluster.
   *
   * @param owner the login that owns it and may do nothing else
   * @param superuser the same database for whoever watches
   */
  public record Database(PostgresDatabase owner, PostgresDatabase superuser) {}

  /**
   * Starts one, and ends what killed processes left.
   *
   * @param home may be the one of {@link PostgresServer}
   */
  public static ScratchServer start(PostgresHome home)
      throws StepFailedException, InterruptedException {
    var folder = home.data();
    sweep(home);
    try {
      Folders.createPrivate(scratch(folder));
      var binaries = PostgresBinaries.in(home.programs());
      var account = Account.find(folder);
      var template = template(folder, binaries, account);
      var own = scratch(folder).resolve(Owner.current().name() + "-" + UUID.randomUUID());
      Folders.createPrivate(own);
      var cluster = new Cluster(binaries, account, own.resolve("data"), own.resolve("server.log"));
      var server =
          new ScratchServer(cluster, own, Ports.free(), Passwords.in(template.resolve("password")));
      LiveServers.add(server);
      var started = false;
      try {
        Folders.copy(template.resolve("data"), cluster.data());
        cluster.start(List.of(), server.port, server.password, SETTINGS);
        started = true;
        return server;
      } finally {
        if (!started) {
          server.close();
        }
      }
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** Ends servers and removes folders whose process is gone. */
  public static void sweep(PostgresHome home) throws StepFailedException, InterruptedException {
    var folder = home.data();
    if (!Files.isDirectory(scratch(folder))) {
      return;
    }
    try (var _ = HomeLock.take(folder, "scratch")) {
      for (var left : Folders.in(scratch(folder))) {
        if (Owner.of(left).filter(Owner::isAlive).isEmpty()) {
          new Cluster(
                  PostgresBinaries.in(home.programs()),
                  Account.find(folder),
                  left.resolve("data"),
                  left.resolve("server.log"))
              .stop(Cluster.Stop.IMMEDIATE);
          Folders.remove(left);
        }
      }
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /**
   * Creates a database with a login of the same name.
   *
   * @param name letters, digits and underscores
   */
  public Database database(String name) throws StepFailedException {
    var owner = PostgresDatabase.local(port, name, name, Passwords.derived(password, name));
    try (var connection = Cluster.connect(port, password)) {
      Logins.ensure(connection, owner);
      return new Database(owner, owner.as(name, Cluster.SUPERUSER, password));
    } catch (SQLException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the scratch database could not be created: " + e.getMessage(),
          "Try again.",
          e);
    }
  }

  /** Ends the server and removes its folder, also when the thread is interrupted. */
  @Override
  public void close() throws StepFailedException {
    var interrupted = Thread.interrupted();
    try {
      cluster.stop(Cluster.Stop.IMMEDIATE);
    } catch (InterruptedException e) {
      // The server was ended the hard way; the folder still has to go.
      interrupted = true;
    }
    try {
      Folders.remove(folder);
      LiveServers.remove(this);
    } catch (IOException e) {
      throw failed(folder, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Path template(Path folder, PostgresBinaries binaries, Account account)
      throws IOException, StepFailedException, InterruptedException {
    var template = folder.resolve("template-" + binaries.folder().getFileName());
    if (Files.isDirectory(template)) {
      return template;
    }
    try (var _ = HomeLock.take(folder, "template")) {
      if (!Files.isDirectory(template)) {
        Folders.removeStartingWith(folder, UNFINISHED);
        var unfinished = folder.resolve(UNFINISHED + ProcessHandle.current().pid());
        Folders.createPrivate(unfinished);
        Passwords.in(unfinished.resolve("password"));
        new Cluster(binaries, account, unfinished.resolve("data"), unfinished.resolve("server.log"))
            .init(unfinished.resolve("password"), INIT_OPTIONS);
        Files.move(unfinished, template, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return template;
  }

  private static Path scratch(Path folder) {
    return folder.resolve("scratch");
  }

  private static StepFailedException failed(Path folder, IOException e) {
    return new StepFailedException(
        FailureType.INFRASTRUCTURE,
        "the scratch PostgreSQL can't use %s: %s".formatted(folder, e.getMessage()),
        "Check its permissions and the disk's space.",
        e);
  }
}
