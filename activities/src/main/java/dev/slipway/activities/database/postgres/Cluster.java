package dev.slipway.activities.database.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * A data folder and the server that may run on it. It listens on loopback alone and has no socket
 * file.
 *
 * @param log the server's output
 */
record Cluster(PostgresBinaries binaries, Account account, Path data, Path log) {
  /** The one who may do everything in a cluster. */
  static final String SUPERUSER = "slipway";

  /** The database that every cluster has. */
  static final String MAINTENANCE = "postgres";

  private static final Duration INIT_LIMIT = Duration.ofMinutes(2);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final int CONNECT_SECONDS = 5;
  private static final long MOST_LOG_BYTES = 8L * 1024 * 1024;

  /** How a server is stopped. */
  enum Stop {
    /** Sessions are ended and data written. */
    FAST("fast"),
    /** At once; the data are not needed any more. */
    IMMEDIATE("immediate");

    private final String mode;

    Stop(String mode) {
      this.mode = mode;
    }
  }

  /**
   * Makes the data folder.
   *
   * @param options further options of {@code initdb}
   */
  void init(Path passwordFile, List<String> options)
      throws StepFailedException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                binaries.program("initdb"),
                "--pgdata=" + data,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
    command.addAll(options);
    Programs.run(account.command(command), Folders.parent(data), INIT_LIMIT);
  }

  /**
   * Starts the server and waits until it takes connections.
   *
   * @param session programs that detach it from ours; empty for a server that belongs to us
   * @param settings beside the common ones
   */
  void start(List<String> session, int port, String password, Map<String, String> settings)
      throws StepFailedException, InterruptedException {
    var command = new ArrayList<>(session);
    command.addAll(account.command(List.of(binaries.program("postgres"), "-D", data.toString())));
    command.addAll(setting("port", Integer.toString(port)));
    command.addAll(setting("listen_addresses", "127.0.0.1"));
    command.addAll(setting("unix_socket_directories", ""));
    command.addAll(setting("timezone", "UTC"));
    command.addAll(setting("log_timezone", "UTC"));
    // A statement can hold a password or a customer's data: none goes into the log.
    command.addAll(setting("log_statement", "none"));
    command.addAll(setting("log_min_error_statement", "panic"));
    command.addAll(setting("log_parameter_max_length", "0"));
    settings.forEach((name, value) -> command.addAll(setting(name, value)));
    try {
      account.own(data);
      if (Files.exists(log) && Files.size(log) > MOST_LOG_BYTES) {
        Files.delete(log);
      }
      var process =
          Programs.prepare(command, Folders.parent(data))
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      process.getOutputStream().close();
      awaitReady(data, log, process, port, password);
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "PostgreSQL could not be started on %s: %s".formatted(data, e.getMessage()),
          "Check that the folder may be written to and that the disk has space.",
          e);
    }
  }

  /**
   * Waits until a server takes connections.
   *
   * @param process which is ended when it does not; null when it is not ours to end
   */
  static void awaitReady(Path data, Path log, @Nullable Process process, int port, String password)
      throws StepFailedException, InterruptedException {
    var deadline = Instant.now().plus(START_LIMIT);
    var ready = false;
    try {
      while (!ready) {
        try (var connection = connect(port, password)) {
          ready = connection.isValid(CONNECT_SECONDS);
        } catch (SQLException e) {
          var ended = process != null && !process.isAlive();
          if (ended || Instant.now().isAfter(deadline) || isWrongPassword(e)) {
            throw new StepFailedException(
                FailureType.INFRASTRUCTURE,
                "PostgreSQL on %s %s: %s"
                    .formatted(
                        data,
                        ended ? "ended at its start" : "takes no connections",
                        ended ? end(log) : e.getMessage()),
                "Its log is " + log + ".",
                e);
          }
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (!ready) {
          TimeUnit.MILLISECONDS.sleep(20);
        }
      }
    } finally {
      if (!ready && process != null) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  /** A connection of the superuser to the maintenance database. */
  static Connection connect(int port, String password) throws SQLException {
    var database = PostgresDatabase.local(port, MAINTENANCE, SUPERUSER, password);
    var properties = database.properties();
    PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
    PGProperty.LOGIN_TIMEOUT.set(properties, CONNECT_SECONDS);
    PGProperty.SOCKET_TIMEOUT.set(properties, (int) START_LIMIT.toSeconds());
    PGProperty.APPLICATION_NAME.set(properties, "slipway");
    return DriverManager.getConnection(database.jdbcUrl(), properties);
  }

  /** Stops the server that runs on this data; none running is fine. */
  void stop(Stop how) throws StepFailedException, InterruptedException {
    try {
      var running = Postmaster.running(data).flatMap(Postmaster::process);
      if (running.isEmpty()) {
        return;
      }
      var workers = running.get().descendants().toList();
      try {
        Programs.run(
            account.command(
                List.of(
                    binaries.program("pg_ctl"),
                    "stop",
                    "--pgdata=" + data,
                    "--mode=" + how.mode,
                    "--wait",
                    "--timeout=" + STOP_LIMIT.toSeconds())),
            Folders.parent(data),
            STOP_LIMIT.plusSeconds(5));
      } finally {
        if (running.get().isAlive()) {
          running.get().destroyForcibly();
          workers.forEach(ProcessHandle::destroyForcibly);
          running
              .get()
              .onExit()
              .completeOnTimeout(running.get(), STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)
              .join();
        }
      }
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "PostgreSQL on %s could not be stopped: %s".formatted(data, e.getMessage()),
          "Look whether the folder is still there.",
          e);
    }
  }

  private static String end(Path log) {
    try {
      return Programs.lastLines(new String(Files.readAllBytes(log), UTF_8));
    } catch (IOException e) {
      return "its log can't be read";
    }
  }

  private static boolean isWrongPassword(SQLException e) {
    return "28P01".equals(e.getSQLState());
  }

  private static List<String> setting(String name, String value) {
    return List.of("-c", name + "=" + value);
  }
}
