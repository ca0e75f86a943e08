package dev.slipway.activities.database.session;

import dev.slipway.action.FailureType;
import dev.slipway.activities.database.postgres.PostgresDatabase;
import dev.slipway.step.StepFailedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;

/**
 * Connections that have limits and end when the thread that asked for the work is interrupted: a
 * driver that waits for an answer notices no interruption by itself.
 */
public final class Sessions {
  private static final System.Logger LOG = System.getLogger(Sessions.class.getName());
  private static final int CONNECT_SECONDS = 10;
  private static final Duration END_LIMIT = Duration.ofSeconds(15);
  private static final String CONNECTION_STATES = "08";
  private static final int HAS_CONNECTION_CHECK = 14;

  private final SessionLimits limits;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  private Sessions(SessionLimits limits) {
    this.limits = limits;
  }

  /** Work that uses sessions. */
  @FunctionalInterface
  public interface Work<T> {
    T perform(Sessions sessions) throws StepFailedException, SQLException, InterruptedException;
  }

  /**
   * Does the work and answers when it is done. An interruption cancels what runs in the database,
   * ends every session and waits for the work to notice.
   */
  public static <T> T with(SessionLimits limits, Work<T> work)
      throws StepFailedException, InterruptedException {
    var sessions = new Sessions(limits);
    var task = new FutureTask<T>(() -> work.perform(sessions));
    var thread = Thread.ofVirtual().name("database").start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw failed(Objects.requireNonNull(e.getCause()));
    } catch (InterruptedException e) {
      sessions.end();
      thread.interrupt();
      waitFor(task);
      throw e;
    } finally {
      sessions.end();
    }
  }

  /** Opens a session that lives until it is closed or the work ends. */
  public Connection open(PostgresDatabase database) throws SQLException {
    var properties = database.properties();
    PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
    PGProperty.LOGIN_TIMEOUT.set(properties, CONNECT_SECONDS);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.APPLICATION_NAME.set(properties, "slipway");
    var connection = DriverManager.getConnection(database.jdbcUrl(), properties);
    open.add(connection);
    try (var statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = " + limits.lock().toMillis());
      statement.execute("SET statement_timeout = " + limits.statement().toMillis());
      statement.execute("SET client_min_messages = error");
      // A statement of a killed process must not go on and keep its locks.
      if (connection.getMetaData().getDatabaseMajorVersion() >= HAS_CONNECTION_CHECK) {
        statement.execute("SET client_connection_check_interval = 1000");
      }
    }
    if (ended) {
      connection.close();
      throw new SQLException("the work was stopped", "57P01");
    }
    return connection;
  }

  /** The same as the interface that libraries take. */
  public SessionSource source(PostgresDatabase database) {
    return new SessionSource(this, database);
  }

  private void end() {
    ended = true;
    for (var connection : open) {
      try {
        if (!connection.isClosed()) {
          connection.unwrap(PGConnection.class).cancelQuery();
          connection.abort(Runnable::run);
        }
      } catch (SQLException e) {
        // It is ending already, and the server notices a lost session within a second.
        LOG.log(System.Logger.Level.DEBUG, "a session could not be cancelled", e);
      }
    }
  }

  private static void waitFor(FutureTask<?> task) throws InterruptedException {
    try {
      task.get(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Its sessions are gone, so nothing of it changes the database any more.
      LOG.log(System.Logger.Level.DEBUG, "the stopped work ended badly", e);
    }
  }

  private static StepFailedException failed(Throwable cause) throws InterruptedException {
    return switch (cause) {
      case StepFailedException failure -> failure;
      case InterruptedException interruption ->
          throw (InterruptedException) new InterruptedException().initCause(interruption);
      case SQLException failure -> failed(failure);
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      default -> throw new IllegalStateException(cause);
    };
  }

  /** What a database's failure that belongs to no script means for a step. */
  public static StepFailedException failed(SQLException e) {
    var state = e.getSQLState() == null ? "" : e.getSQLState();
    var message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (state.startsWith("28") || state.equals("3D000")) {
      return new StepFailedException(
          FailureType.CONFIGURATION,
          "the database refuses us: " + message,
          "Check user, password and name in the environment's `database`.",
          e);
    }
    return new StepFailedException(
        isMomentary(state) ? FailureType.TRANSIENT : FailureType.INFRASTRUCTURE,
        "the database failed: " + message,
        "Look whether it runs and can be reached from this machine.",
        e);
  }

  /** Whether the same may work a moment later. */
  public static boolean isMomentary(String state) {
    return state.startsWith(CONNECTION_STATES)
        || state.startsWith("57P")
        || state.startsWith("53")
        || Set.of("55P03", "40P01", "40001").contains(state);
  }
}
