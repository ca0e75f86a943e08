package dev.slipway.activities.local.supervisor;

import dev.slipway.activities.local.protocol.EnvironmentFolder;
import dev.slipway.activities.local.proxy.ProxyServer;
import dev.slipway.activities.local.proxy.ServedFiles;
import java.io.IOException;
import java.net.BindException;
import java.util.Optional;

/**
 * An environment's address, taken. People keep it for as long as something is there; before the
 * first release and after a stop another one will do.
 *
 * @param remembered has the port that was taken
 */
record Door(Remembered remembered, ProxyServer proxy) {
  private static final int TRIES = 10;

  /**
   * @throws IOException when another process has the port and keeps it
   */
  static Door open(EnvironmentFolder folder, Optional<Remembered> known, ServedFiles served)
      throws IOException, InterruptedException {
    var inUse = known.filter(before -> !before.replicas().isEmpty() || !served.isEmpty());
    if (inUse.isPresent()) {
      Ports.awaitFree(inUse.get().port(), folder.environment());
      return at(inUse.get(), folder, served);
    }
    var wanted = known.orElseGet(() -> Remembered.fresh(0));
    for (var attempt = 1; ; attempt++) {
      var free =
          wanted.port() > 0 && Ports.isFree(wanted.port())
              ? wanted
              : wanted.withPort(Ports.forPeople(folder.environment().path()));
      try {
        return at(free, folder, served);
      } catch (RuntimeException e) {
        // Another one was faster, such as an environment of the same name in another home.
        if (attempt == TRIES || !(e.getCause() instanceof BindException)) {
          throw e;
        }
        wanted = wanted.withPort(0);
      }
    }
  }

  private static Door at(Remembered remembered, EnvironmentFolder folder, ServedFiles served) {
    return new Door(remembered, new ProxyServer(remembered.port(), folder.assets(), served));
  }
}
