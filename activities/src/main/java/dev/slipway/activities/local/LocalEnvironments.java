package dev.slipway.activities.local;

import dev.slipway.action.FailureType;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.local.protocol.Call;
import dev.slipway.activities.local.protocol.Limits;
import dev.slipway.activities.local.protocol.LocalStatus;
import dev.slipway.activities.local.protocol.Reply;
import dev.slipway.activities.local.supervisor.SupervisorMain;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The local environments of a home, for people who look at them and end them. */
public final class LocalEnvironments {
  private static final Duration END = Duration.ofSeconds(20);

  private final Path root;

  /** The environments of this home. */
  public LocalEnvironments(Home home) {
    this.root = home.target();
  }

  /** Every environment that was ever used here. */
  public List<EnvironmentId> list() throws IOException {
    var environments = new ArrayList<EnvironmentId>();
    for (var application : folders(root)) {
      for (var environment : folders(application)) {
        environments.add(
            new EnvironmentId(
                application.getFileName().toString(), environment.getFileName().toString()));
      }
    }
    return environments;
  }

  /** What an environment's supervisor sees; empty when none runs. */
  public Optional<LocalStatus> status(EnvironmentId environment)
      throws StepFailedException, InterruptedException {
    var client = new SupervisorClient(root, environment);
    return client.isLiving()
        ? Optional.of(client.call(new Call.Status(), Reply.Seen.class, Quiet.LOG).status())
        : Optional.empty();
  }

  /**
   * Ends everything of an environment: replicas, proxy, supervisor, unpacked and published files.
   * Its address, its highest fencing token and its logs stay. Does nothing when there is nothing.
   */
  public void stop(EnvironmentId environment) throws StepFailedException, InterruptedException {
    var client = new SupervisorClient(root, environment);
    if (!Files.exists(client.folder().state())) {
      return;
    }
    if (client.isLiving()) {
      var endpoint = client.folder().endpoint();
      client.call(new Call.Shutdown(Limits.QUICK), Reply.Done.class, Quiet.LOG);
      var process = endpoint.flatMap(known -> ProcessHandle.of(known.pid()));
      if (process.isPresent()) {
        awaitEnd(environment, process.get());
      }
    } else {
      endLeftovers(environment);
    }
  }

  private void endLeftovers(EnvironmentId environment)
      throws StepFailedException, InterruptedException {
    try {
      var process = SupervisorProcess.start(root, environment, SupervisorMain.STOP);
      if (!process.waitFor(END.toNanos(), TimeUnit.NANOSECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new StepFailedException(
            FailureType.INFRASTRUCTURE,
            "what the supervisor of " + environment + " has left behind can't be ended",
            "Try again in a moment, when it has perhaps been started by somebody else.");
      }
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "what the supervisor of " + environment + " has left behind can't be ended",
          "Look at the disk and at the Java installation.",
          e);
    }
  }

  private static void awaitEnd(EnvironmentId environment, ProcessHandle supervisor)
      throws StepFailedException, InterruptedException {
    try {
      supervisor.onExit().get(END.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the supervisor of " + environment + " has stopped everything but itself",
          "End process " + supervisor.pid() + " by hand.",
          e);
    }
  }

  private static List<Path> folders(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (var entries = Files.list(root)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }
}
