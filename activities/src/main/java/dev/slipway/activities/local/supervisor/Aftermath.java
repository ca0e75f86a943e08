package dev.slipway.activities.local.supervisor;

import dev.slipway.activities.archive.FileTrees;
import dev.slipway.activities.local.protocol.EnvironmentFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** What is to be done when an environment ends, whether its supervisor lives or was killed. */
record Aftermath(EnvironmentFolder folder) {
  /** Ends replicas that nobody watches any more, and clears their environment away. */
  void endLeftovers(Duration grace) throws IOException, InterruptedException {
    var memory = new Memory(folder);
    var remembered = memory.remembered();
    if (remembered.isEmpty()) {
      return;
    }
    for (var survivor : remembered.get().replicas()) {
      var living = ReplicaProcess.adopt(folder, survivor);
      if (living.isPresent()) {
        living.get().end(grace);
      }
    }
    ProcessTree.marked(mark -> mark.startsWith(folder.path() + "/"))
        .forEach(ProcessHandle::destroyForcibly);
    memory.remember(remembered.get().withSettled(null, null).withReplicas(List.of()));
    clear();
  }

  /** Removes files that nobody serves or runs any more; logs stay. */
  void clear() throws IOException {
    Files.deleteIfExists(folder.served());
    Files.deleteIfExists(folder.variables());
    FileTrees.delete(folder.releases());
    FileTrees.delete(folder.assets());
  }
}
