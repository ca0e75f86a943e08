package dev.slipway.worker.engine;

import dev.slipway.activities.home.Home;
import dev.slipway.activities.home.RunningProcess;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Temporal's development server, started by us from a {@code temporal} binary: data in a file of
 * the home, a Web UI, the same ports each time. When its process dies it is started again; it ends
 * with us, and one that outlived a killed server is ended before its data are opened again.
 */
public final class DevServer implements Engine {
  private static final Logger LOG = LoggerFactory.getLogger(DevServer.class);
  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final Duration END_GRACE = Duration.ofSeconds(10);
  private static final int MOST_RESTARTS = 5;

  private final DevServerCommand command;
  private final Path folder;
  private final Path log;
  private DevServerState state;
  private Process process;
  private volatile boolean closing;

  private DevServer(DevServerCommand command, Home home, DevServerState state)
      throws EngineFailedException, InterruptedException, IOException {
    this.command = command;
    this.folder = home.temporal();
    this.log = home.logs().resolve("temporal.log");
    this.state = state;
    this.process = launch();
  }

  /**
   * Starts one and returns when it answers.
   *
   * @param binary the {@code temporal} program
   */
  public static DevServer start(Path binary, Home home)
      throws EngineFailedException, InterruptedException {
    try {
      Files.createDirectories(home.temporal());
      Files.createDirectories(home.logs());
      endLeft(home);
      var kept = DevServerState.read(home.temporal()).orElse(new DevServerState(0, 0, null));
      var server =
          new DevServer(new DevServerCommand(binary, home.temporal()), home, kept.withFreePorts());
      Thread.ofVirtual().name("temporal-keeper").start(server::keepRunning);
      return server;
    } catch (IOException | UncheckedIOException e) {
      throw new EngineFailedException(
          "Temporal's development server can't be started from %s: %s"
              .formatted(binary, e.getMessage()),
          "set SLIPWAY_TEMPORAL to a working temporal binary, or SLIPWAY_ENGINE=embedded",
          e);
    }
  }

  /**
   * Ends the one that outlived a killed server of ours; only for who knows that no server runs.
   *
   * @return whether there was one
   * @throws EngineFailedException when it does not end
   */
  public static boolean endLeft(Home home)
      throws EngineFailedException, InterruptedException, IOException {
    var process = DevServerState.read(home.temporal()).map(DevServerState::process);
    if (process.flatMap(RunningProcess::find).isEmpty()) {
      return false;
    }
    if (!process.get().end(END_GRACE)) {
      throw new EngineFailedException(
          "process %d of an earlier server keeps Temporal's data in %s open"
              .formatted(process.get().pid(), home.temporal()),
          "end it with: kill -9 " + process.get().pid(),
          null);
    }
    return true;
  }

  private Process launch() throws EngineFailedException, InterruptedException, IOException {
    var builder = new ProcessBuilder(command.line(state.port(), state.uiPort()));
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    builder.directory(folder.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
    var started = builder.start();
    started.getOutputStream().close();
    state = state.withProcess(RunningProcess.of(started.toHandle()));
    state.write(folder);
    var deadline = Instant.now().plus(START_LIMIT);
    while (!accepts(state.port())) {
      var died = started.waitFor(50, TimeUnit.MILLISECONDS);
      if (died || Instant.now().isAfter(deadline)) {
        started.destroyForcibly();
        throw new EngineFailedException(
            "Temporal's development server %s; its output ends with: %s"
                .formatted(
                    died
                        ? "ended with exit code " + started.exitValue()
                        : "did not listen within " + START_LIMIT.toSeconds() + " s",
                    lastLine()),
            "look into %s, or set SLIPWAY_ENGINE=embedded".formatted(log),
            null);
      }
    }
    return started;
  }

  private void keepRunning() {
    var restarts = 0;
    try {
      while (true) {
        var began = Instant.now();
        var exit = process.waitFor();
        if (closing) {
          return;
        }
        restarts = began.plus(Duration.ofMinutes(1)).isBefore(Instant.now()) ? 0 : restarts + 1;
        if (restarts > MOST_RESTARTS) {
          LOG.error("Temporal's development server keeps dying (exit code {}), see {}", exit, log);
          return;
        }
        LOG.warn("Temporal's development server died (exit code {}); starting it again", exit);
        Thread.sleep(Duration.ofMillis(200L * restarts));
        restart();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (EngineFailedException | IOException e) {
      LOG.error("Temporal's development server can't be started again", e);
    }
  }

  private synchronized void restart()
      throws EngineFailedException, InterruptedException, IOException {
    if (!closing) {
      process = launch();
    }
  }

  private static boolean accepts(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private String lastLine() throws IOException {
    var text = Files.readString(log).strip();
    return text.isEmpty() ? "nothing" : text.substring(text.lastIndexOf('\n') + 1);
  }

  @Override
  public EngineKind kind() {
    return EngineKind.DEVELOPMENT;
  }

  @Override
  public String address() {
    return "127.0.0.1:" + state.port();
  }

  @Override
  public String namespace() {
    return "default";
  }

  @Override
  public Optional<URI> webUi() {
    return Optional.of(URI.create("http://127.0.0.1:" + state.uiPort()));
  }

  @Override
  public WorkflowServiceStubsOptions connection() {
    return WorkflowServiceStubsOptions.newBuilder().setTarget(address()).build();
  }

  /** The server's process, which tests kill. */
  ProcessHandle process() {
    return process.toHandle();
  }

  /** Lets the process outlive us as if we had been killed; for tests. */
  void abandon() {
    closing = true;
  }

  @Override
  public void close() {
    closing = true;
    synchronized (this) {
      process.destroy();
      try {
        if (!process.waitFor(END_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
