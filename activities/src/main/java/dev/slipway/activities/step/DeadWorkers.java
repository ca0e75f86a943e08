package dev.slipway.activities.step;

import dev.slipway.activities.home.Home;
import dev.slipway.activities.process.Leftovers;
import dev.slipway.activities.store.Store;
import java.io.IOException;

/** What workers of this machine left that were killed while they performed steps. */
public final class DeadWorkers {
  private DeadWorkers() {}

  /**
   * Ends the programs that their steps had started, then removes the steps' folders.
   *
   * @throws IOException when a program can't be ended or a folder not be removed
   */
  public static void sweep(Home home, Store store) throws IOException {
    var left = Leftovers.endOfDeadWorkers(store.identity());
    if (!left.isEmpty()) {
      throw new IOException("processes of an earlier worker can't be ended: " + left);
    }
    AttemptFolders.sweep(home.work());
  }
}
