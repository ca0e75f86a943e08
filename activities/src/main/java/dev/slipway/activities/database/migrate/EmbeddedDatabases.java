package dev.slipway.activities.database.migrate;

import dev.slipway.activities.database.postgres.PostgresDatabase;
import dev.slipway.activities.database.postgres.PostgresHome;
import dev.slipway.activities.database.postgres.PostgresServer;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.step.StepFailedException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The databases in the PostgreSQL that keeps environments' data; it starts when the first of them
 * is asked for. May be used from several threads.
 */
public final class EmbeddedDatabases {
  private final PostgresServer server;
  private final AtomicBoolean used = new AtomicBoolean();

  public EmbeddedDatabases(PostgresHome home) {
    this.server = PostgresServer.in(home);
  }

  /** The environment's database, created when absent. */
  public PostgresDatabase database(EnvironmentId environment)
      throws StepFailedException, InterruptedException {
    used.set(true);
    return server.database(environment);
  }

  /**
   * Stops the server if a database of it was asked for here. Applications that run on without this
   * process lose their database: only for a home whose applications are stopped as well.
   */
  public void stop() throws StepFailedException, InterruptedException {
    if (used.get()) {
      server.stop();
    }
  }
}
