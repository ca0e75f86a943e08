package dev.slipway.activities.local.supervisor;

import dev.slipway.activities.local.protocol.EnvironmentFolder;
import dev.slipway.activities.local.protocol.EnvironmentFolder.Endpoint;
import dev.slipway.activities.local.protocol.Limits;
import dev.slipway.environment.EnvironmentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.Logger;

/**
 * The process behind an environment of the local target: {@code SupervisorMain ROOT APPLICATION
 * ENVIRONMENT}. It ends at once, with code {@value #TAKEN}, when there is one already. With a
 * further argument {@value #STOP} it ends what a killed one has left.
 */
public final class SupervisorMain {
  private static final Logger LOG = Logger.getLogger(SupervisorMain.class.getName());

  /** The argument that has a dead supervisor's leftovers ended. */
  public static final String STOP = "stop";

  /** The exit code when there is a supervisor already. */
  public static final int TAKEN = 17;

  private SupervisorMain() {}

  /** Runs until the environment is stopped. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Session.lead();
    var folder =
        EnvironmentFolder.of(Path.of(arguments[0]), new EnvironmentId(arguments[1], arguments[2]));
    folder.make();
    try (var lock =
        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (lock.tryLock() == null) {
        System.exit(TAKEN);
      } else if (arguments.length > 3 && arguments[3].equals(STOP)) {
        new Aftermath(folder).endLeftovers(Limits.QUICK.grace());
        folder.conceal();
      } else {
        supervise(folder);
      }
    }
  }

  private static void supervise(EnvironmentFolder folder) throws IOException, InterruptedException {
    var supervisor = Supervisor.begin(folder);
    Thread.ofVirtual().name("logs").start(new LogKeeper(folder));
    folder.conceal();
    var socket = folder.chooseSocket();
    ControlServer.serve(
        socket,
        supervisor,
        () -> announce(folder, socket),
        () -> {
          conceal(folder);
          System.exit(0);
        });
  }

  private static void announce(EnvironmentFolder folder, Path socket) {
    var self = ProcessHandle.current();
    try {
      folder.announce(
          new Endpoint(
              socket.toString(),
              self.pid(),
              self.info().startInstant().orElseGet(Instant::now).truncatedTo(ChronoUnit.MILLIS)));
      LOG.info(() -> "supervisor of " + folder.environment() + " listens");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot say where the supervisor listens", e);
    }
  }

  private static void conceal(EnvironmentFolder folder) {
    try {
      folder.conceal();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take back where the supervisor listened", e);
    }
  }
}
