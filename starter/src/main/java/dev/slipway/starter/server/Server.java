package dev.slipway.starter.server;

import dev.slipway.activities.home.RunningProcess;
import dev.slipway.starter.local.ServerFile;
import dev.slipway.starter.local.ServerInfo;
import dev.slipway.starter.local.ServerLock;
import dev.slipway.starter.local.Version;
import dev.slipway.worker.RunningWorker;
import dev.slipway.worker.WorkerSettings;
import dev.slipway.worker.engine.EngineDescription;
import dev.slipway.worker.engine.EngineFailedException;
import dev.slipway.worker.engine.Engines;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/**
 * The server of a home: an engine if none is configured, and a worker. Only one runs in a home,
 * which the operating system's lock on a file sees to, whatever is killed.
 */
public final class Server implements AutoCloseable {
  private final ServerFile file;
  private final ServerLock lock;
  private final RunningWorker worker;
  private final ServerInfo info;

  private Server(ServerFile file, ServerLock lock, RunningWorker worker, ServerInfo info) {
    this.file = file;
    this.lock = lock;
    this.worker = worker;
    this.info = info;
  }

  /**
   * Starts it, and says in {@code server.json} that it runs.
   *
   * @param env usually {@link System#getenv()}
   * @throws AlreadyRunningException when the home has a server
   */
  public static Server start(Map<String, String> env)
      throws EngineFailedException, InterruptedException, IOException, AlreadyRunningException {
    var settings = WorkerSettings.of(env);
    var home = settings.home();
    home.create();
    var file = new ServerFile(home);
    var lock = ServerLock.take(home).orElseThrow(AlreadyRunningException::new);
    try {
      var worker = RunningWorker.start(() -> Engines.open(env, home), settings, "server");
      try {
        var info = describe(worker.engine());
        file.write(info);
        return new Server(file, lock, worker, info);
      } catch (IOException e) {
        worker.close();
        throw e;
      }
    } catch (EngineFailedException | IOException e) {
      lock.close();
      throw e;
    }
  }

  private static ServerInfo describe(EngineDescription engine) {
    return new ServerInfo(
        engine.address(),
        engine.namespace(),
        RunningProcess.of(ProcessHandle.current()),
        engine.kind().label(),
        engine.identity(),
        engine.webUi(),
        Version.text(),
        Instant.now());
  }

  /** What {@code server.json} says. */
  public ServerInfo info() {
    return info;
  }

  /** Ends worker, connection and engine in this order. */
  @Override
  public void close() throws IOException {
    try (lock) {
      worker.close();
      file.delete();
    }
  }

  /** Thrown when the home has a server already. */
  public static final class AlreadyRunningException extends Exception {
    AlreadyRunningException() {
      super("a server runs in this home already");
    }
  }
}
