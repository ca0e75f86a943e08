package dev.slipway.activities.local.supervisor;

import dev.slipway.activities.local.protocol.EnvironmentFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A running replica. It prints into a file, since it may outlive the supervisor that started it.
 */
final class ReplicaProcess {
  private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "TZ", "TMPDIR");

  private final ProcessHandle handle;
  private final @Nullable Process child;
  private final Instant started;
  private final int port;
  private final ProcessTree tree;

  private ReplicaProcess(
      ProcessHandle handle, @Nullable Process child, Instant started, int port, String mark) {
    this.handle = handle;
    this.child = child;
    this.started = started;
    this.port = port;
    this.tree = new ProcessTree(handle, mark);
  }

  /** Starts a replica that is to listen on this port. */
  static ReplicaProcess start(EnvironmentFolder folder, String id, Generation generation, int port)
      throws IOException {
    var deployment = generation.deployment();
    var run = deployment.run();
    var release = folder.release(deployment.artifact().digest());
    var builder = new ProcessBuilder(run.command()).directory(release.toFile());
    var environment = builder.environment();
    environment.keySet().retainAll(INHERITED);
    environment.putAll(run.env());
    environment.putAll(generation.variables());
    environment.put(run.portVariable(), Integer.toString(port));
    environment.put("SLIPWAY_COMMIT", deployment.commit());
    environment.put("SLIPWAY_RELEASE", Long.toString(deployment.labels().release()));
    environment.put("SLIPWAY_ENVIRONMENT", folder.environment().name());
    environment.put(ProcessTree.MARKER, mark(folder, id));
    var child =
        builder
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.replicaLog(id).toFile()))
            .start();
    var handle = child.toHandle();
    return new ReplicaProcess(
        handle, child, startOf(handle).orElseGet(Instant::now), port, mark(folder, id));
  }

  /** Finds a replica again that another supervisor has started, if it still runs. */
  static Optional<ReplicaProcess> adopt(EnvironmentFolder folder, Remembered.Survivor remembered) {
    return ProcessHandle.of(remembered.pid())
        .filter(ProcessTree::isRunning)
        .filter(handle -> startOf(handle).filter(remembered.started()::equals).isPresent())
        .map(
            handle ->
                new ReplicaProcess(
                    handle,
                    null,
                    remembered.started(),
                    remembered.port(),
                    mark(folder, remembered.id())));
  }

  /** The marker of what a replica started. */
  static String mark(EnvironmentFolder folder, String id) {
    return folder.path() + "/" + id;
  }

  long pid() {
    return handle.pid();
  }

  Instant started() {
    return started;
  }

  int port() {
    return port;
  }

  boolean isAlive() {
    return ProcessTree.isRunning(handle);
  }

  /** Waits for its end, but not longer than this; answers whether it has ended. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    try {
      handle.onExit().get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return !isAlive();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot wait for process " + pid(), e);
    }
  }

  /** Runs this once it has ended. */
  void whenEnded(Runnable then) {
    var _ = handle.onExit().thenRun(then);
  }

  /** How it ended, for people; only of its own children does a process hear more. */
  String ending() throws InterruptedException {
    if (child == null || !child.waitFor(1, TimeUnit.SECONDS)) {
      return "exited";
    }
    var code = child.exitValue();
    return code > 128
        ? "exited with code " + code + " (signal " + (code - 128) + ")"
        : "exited with code " + code;
  }

  void end(Duration grace) throws InterruptedException {
    tree.end(grace);
  }

  void kill() {
    tree.kill();
  }

  /** Systems tell a start with different precision at different times. */
  private static Optional<Instant> startOf(ProcessHandle handle) {
    return handle.info().startInstant().map(instant -> instant.truncatedTo(ChronoUnit.MILLIS));
  }
}
