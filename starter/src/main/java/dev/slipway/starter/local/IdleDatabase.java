package dev.slipway.starter.local;

import dev.slipway.activities.database.postgres.PostgresHome;
import dev.slipway.activities.database.postgres.PostgresServer;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.local.LocalEnvironments;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The embedded PostgreSQL once nothing needs it any more. Replicas and server come and go in any
 * order, so whoever ends the last of them ends the database too.
 */
public final class IdleDatabase {
  private IdleDatabase() {}

  /** The local environments that go on, whether or not a server runs. */
  public static List<EnvironmentId> environments(Home home)
      throws IOException, InterruptedException {
    var environments = new LocalEnvironments(home);
    var going = new ArrayList<EnvironmentId>();
    for (var environment : environments.list()) {
      if (isGoing(environments, environment)) {
        going.add(environment);
      }
    }
    return going;
  }

  private static boolean isGoing(LocalEnvironments environments, EnvironmentId environment)
      throws InterruptedException {
    try {
      return environments.status(environment).isPresent();
    } catch (StepFailedException e) {
      return true; // There is a supervisor, although it does not answer.
    }
  }

  /**
   * Stops it if neither a server nor an environment of the home goes on.
   *
   * @return whether it ran and was stopped
   */
  public static boolean stop(Home home)
      throws IOException, InterruptedException, StepFailedException {
    var lock = ServerLock.take(home);
    if (lock.isEmpty()) {
      return false;
    }
    try (var _ = lock.get()) {
      var database = PostgresServer.in(PostgresHome.of(home));
      if (!database.isRunning() || !environments(home).isEmpty()) {
        return false;
      }
      database.stop();
      return true;
    }
  }
}
