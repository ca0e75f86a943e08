package dev.slipway.starter.server;

import dev.slipway.activities.home.Home;
import dev.slipway.activities.store.FolderStore;
import dev.slipway.starter.local.ServerLock;
import dev.slipway.worker.DeadWork;
import dev.slipway.worker.engine.DevServer;
import dev.slipway.worker.engine.EngineFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** What a server that was killed left running, for when none is started after it. */
public final class KilledServer {
  private KilledServer() {}

  /**
   * Ends Temporal's development server and the programs of steps. Does nothing while a server runs
   * or starts, since everything is its own then.
   *
   * @return what was done and what could not be, for people
   */
  public static List<String> endRest(Home home) throws IOException, InterruptedException {
    if (!Files.isDirectory(home.folder())) {
      return List.of();
    }
    var lock = ServerLock.take(home);
    if (lock.isEmpty()) {
      return List.of();
    }
    var said = new ArrayList<String>();
    try (var _ = lock.get()) {
      if (DevServer.endLeft(home)) {
        said.add("ended the development server that a killed server had left");
      }
      if (Files.isDirectory(home.store())) {
        said.addAll(DeadWork.end(home, FolderStore.open(home.store())));
      }
    } catch (EngineFailedException e) {
      said.add(e.getMessage() + "; " + e.advice());
    }
    return said;
  }
}
