package dev.slipway.activities.database;

import dev.slipway.activities.database.postgres.PostgresDatabase;
import dev.slipway.activities.database.postgres.ScratchServer;
import dev.slipway.activities.database.postgres.TestHome;
import dev.slipway.step.StepFailedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** Fresh databases in one scratch server for a class of tests. */
public final class TestDatabases implements AutoCloseable {
  private final ScratchServer server;
  private final AtomicInteger count = new AtomicInteger();

  private TestDatabases(ScratchServer server) {
    this.server = server;
  }

  public static TestDatabases start() throws Exception {
    return new TestDatabases(ScratchServer.start(TestHome.postgres(TestHome.shared())));
  }

  /** An empty database as its owner sees it. */
  public PostgresDatabase fresh() throws Exception {
    return server.database("t" + count.incrementAndGet()).owner();
  }

  public static Connection open(PostgresDatabase database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.properties());
  }

  public static void execute(PostgresDatabase database, String... statements) throws SQLException {
    try (var connection = open(database);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  public static String value(PostgresDatabase database, String query) throws SQLException {
    try (var connection = open(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  @Override
  public void close() throws StepFailedException {
    server.close();
  }
}
