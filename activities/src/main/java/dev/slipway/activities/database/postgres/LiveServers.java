package dev.slipway.activities.database.postgres;

import dev.slipway.step.StepFailedException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The scratch servers of this process, ended when it ends in an orderly way. */
final class LiveServers {
  private static final Set<ScratchServer> SERVERS = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(LiveServers::end, "scratch-servers-end"));
  }

  private LiveServers() {}

  static void add(ScratchServer server) {
    SERVERS.add(server);
  }

  static void remove(ScratchServer server) {
    SERVERS.remove(server);
  }

  private static void end() {
    for (var server : List.copyOf(SERVERS)) {
      try {
        server.close();
      } catch (StepFailedException e) {
        // Nobody listens any more; the next start sweeps.
        System.err.println("scratch PostgreSQL: " + e.getMessage());
      }
    }
  }
}
