package dev.slipway.worker;

import dev.slipway.activities.database.postgres.PostgresHome;
import dev.slipway.activities.database.postgres.ScratchServer;
import dev.slipway.activities.docker.EngineObjects;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.step.DeadWorkers;
import dev.slipway.activities.store.Store;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What killed workers left on this machine: programs of steps, their folders and containers,
 * scratch databases.
 */
public final class DeadWork {
  private DeadWork() {}

  /**
   * Ends and removes it. What can't be ended hinders nobody but its own step, which is not begun
   * again beside it.
   *
   * @return what could not be ended or removed, for people
   */
  public static List<String> end(Home home, Store store) throws InterruptedException {
    var problems = new ArrayList<String>();
    try {
      DeadWorkers.sweep(home, store);
    } catch (IOException e) {
      problems.add("left by a killed worker: " + e.getMessage());
    }
    try {
      ScratchServer.sweep(PostgresHome.of(home));
    } catch (StepFailedException e) {
      problems.add("left by a killed worker: " + e.failure().happened());
    }
    try {
      EngineObjects.removeOfDeadWorkers(store.identity());
    } catch (StepFailedException e) {
      problems.add("left by a killed worker: " + e.failure().happened());
    } catch (IOException e) {
      problems.add("the store can't be read: " + e.getMessage());
    }
    return problems;
  }
}
