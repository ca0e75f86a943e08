package dev.slipway.activities.database.postgres;

import dev.slipway.action.FailureType;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The PostgreSQL that keeps the environments' data below Slipway's home. It outlives this process:
 * a server that still runs is adopted, one that crashed is started again, and its port stays the
 * same.
 */
public final class PostgresServer {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "max_connections", "200",
          "shared_buffers", "64MB",
          "wal_level", "minimal",
          "max_wal_senders", "0",
          "log_min_messages", "warning");
  private static final String UNFINISHED = ".data-";

  private final Path folder;
  private final Path programs;

  private PostgresServer(PostgresHome home) {
    this.folder = home.data();
    this.programs = home.programs();
  }

  /** The one that keeps everything in this home. It starts when something needs it. */
  public static PostgresServer in(PostgresHome home) {
    return new PostgresServer(home);
  }

  /** Starts it, or adopts the one that runs; does nothing else when it runs already. */
  public void start() throws StepFailedException, InterruptedException {
    running();
  }

  /** Ends its sessions and stops it; what is committed is on the disk. */
  public void stop() throws StepFailedException, InterruptedException {
    if (!Files.isDirectory(data())) {
      return;
    }
    try (var _ = HomeLock.take(folder, "server")) {
      cluster().stop(Cluster.Stop.FAST);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Whether a server runs on these data now. */
  public boolean isRunning() throws StepFailedException {
    try {
      return Postmaster.running(data()).isPresent();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * An environment's database with a login of its own, which owns it and may do nothing elsewhere;
   * created when absent.
   */
  public PostgresDatabase database(EnvironmentId environment)
      throws StepFailedException, InterruptedException {
    var server = running();
    var name = Logins.name(environment);
    var login =
        PostgresDatabase.local(
            server.port(), name, name, Passwords.derived(server.password(), name));
    try (var connection = connect(server)) {
      Logins.ensure(connection, login);
      return login;
    } catch (SQLException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the database of %s could not be created: %s".formatted(environment, e.getMessage()),
          "The server's log is " + log() + ".",
          e);
    }
  }

  private record Running(int port, String password) {}

  private Running running() throws StepFailedException, InterruptedException {
    try {
      Folders.createPrivate(folder);
      try (var _ = HomeLock.take(folder, "server")) {
        var password = Passwords.in(folder.resolve("password"));
        var running = Postmaster.running(data());
        if (running.isPresent()) {
          Cluster.awaitReady(data(), log(), null, running.get().port(), password);
          return new Running(running.get().port(), password);
        }
        return launch(password);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Running launch(String password)
      throws IOException, StepFailedException, InterruptedException {
    var cluster = cluster();
    if (!Files.isDirectory(data())) {
      create(cluster);
    }
    checkVersion(cluster);
    Postmaster.removeStale(data());
    var port = port();
    if (!Ports.isFree(port)) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "port %d, on which the applications expect their database, is in use".formatted(port),
          "End the program that uses it, or remove %s, deploy again and so move the database."
              .formatted(portFile()));
    }
    // Ctrl-C in a terminal must not reach it: the applications still need it.
    var session = Programs.find("setsid").map(program -> List.of(program.toString()));
    cluster.start(session.orElse(List.of()), port, password, SETTINGS);
    return new Running(port, password);
  }

  private void create(Cluster cluster)
      throws IOException, StepFailedException, InterruptedException {
    Folders.removeStartingWith(folder, UNFINISHED);
    var unfinished = folder.resolve(UNFINISHED + ProcessHandle.current().pid());
    new Cluster(cluster.binaries(), cluster.account(), unfinished, log())
        .init(folder.resolve("password"), List.of());
    Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void checkVersion(Cluster cluster)
      throws IOException, StepFailedException, InterruptedException {
    var has = Files.readString(data().resolve("PG_VERSION")).strip();
    var program =
        Programs.run(
            List.of(cluster.binaries().program("postgres"), "--version"),
            folder,
            Duration.ofSeconds(20));
    if (!program.contains(" " + has + ".") && !program.endsWith(" " + has)) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the data in %s are of PostgreSQL %s, but this Slipway has %s"
              .formatted(data(), has, program),
          "Dump them with the Slipway that made them, move the folder away and restore.");
    }
  }

  private int port() throws IOException {
    if (!Files.exists(portFile())) {
      Folders.writePrivate(portFile(), Integer.toString(Ports.free()));
    }
    return Integer.parseInt(Files.readString(portFile()).strip());
  }

  private Connection connect(Running server) throws StepFailedException {
    try {
      return Cluster.connect(server.port(), server.password());
    } catch (SQLException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "PostgreSQL on port %d takes no connection: %s".formatted(server.port(), e.getMessage()),
          "Its log is " + log() + ".",
          e);
    }
  }

  private Cluster cluster() throws StepFailedException, InterruptedException {
    return new Cluster(PostgresBinaries.in(programs), Account.find(folder), data(), log());
  }

  private StepFailedException failed(IOException e) {
    return new StepFailedException(
        FailureType.INFRASTRUCTURE,
        "PostgreSQL's folder %s can't be used: %s".formatted(folder, e.getMessage()),
        "Check its permissions and the disk's space.",
        e);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path log() {
    return folder.resolve("server.log");
  }

  private Path portFile() {
    return folder.resolve("port");
  }
}
