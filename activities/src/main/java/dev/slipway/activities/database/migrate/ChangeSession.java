package dev.slipway.activities.database.migrate;

import dev.slipway.activities.database.postgres.PostgresDatabase;
import dev.slipway.activities.database.session.SessionLimits;
import dev.slipway.activities.database.session.Sessions;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Work on an environment's database that gives its failures their meaning. */
final class ChangeSession {
  /**
   * Held by whoever changes the schema: what runs outside of a transaction needs more than rows.
   */
  private static final long TURN = 0x736c_6970_7761_792dL;

  private ChangeSession() {}

  /** Work with one connection, which commits by itself. */
  @FunctionalInterface
  interface Work<T> {
    T perform(Sessions sessions, Connection connection)
        throws StepFailedException, SQLException, IOException;
  }

  /** Looks, without waiting for anybody and without leaving anything. */
  static <T> T looking(PostgresDatabase database, Duration limit, Work<T> work)
      throws StepFailedException, InterruptedException {
    return Sessions.with(
        SessionLimits.within(limit),
        sessions -> {
          try (var connection = sessions.open(database)) {
            return work.perform(sessions, connection);
          } catch (SQLException e) {
            throw Failures.of(e);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /**
   * Changes, alone, with our tables there and nobody with a lower token let in any more. A process
   * that dies loses its turn with its connection.
   */
  static <T> T changing(PostgresDatabase database, Duration limit, long token, Work<T> work)
      throws StepFailedException, InterruptedException {
    return looking(
        database,
        limit,
        (sessions, connection) -> {
          try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(%d)".formatted(TURN));
          }
          var bookkeeping = new Bookkeeping(connection);
          bookkeeping.create();
          bookkeeping.raiseFence(token);
          return work.perform(sessions, connection);
        });
  }

  /** Does the work whole or not at all. */
  static void inTransaction(Connection connection, Statements work)
      throws StepFailedException, SQLException {
    connection.setAutoCommit(false);
    var done = false;
    try {
      work.perform();
      connection.commit();
      done = true;
    } finally {
      if (!connection.isClosed()) {
        if (!done) {
          connection.rollback();
        }
        connection.setAutoCommit(true);
      }
    }
  }

  /** Work in a transaction. */
  @FunctionalInterface
  interface Statements {
    void perform() throws StepFailedException, SQLException;
  }
}
