package dev.slipway.activities.local;

import dev.slipway.action.FailureType;
import dev.slipway.activities.local.protocol.Call;
import dev.slipway.activities.local.protocol.EnvironmentFolder;
import dev.slipway.activities.local.protocol.EnvironmentFolder.Endpoint;
import dev.slipway.activities.local.protocol.LogTail;
import dev.slipway.activities.local.protocol.Reply;
import dev.slipway.activities.local.protocol.Wire;
import dev.slipway.activities.local.supervisor.SupervisorMain;
import dev.slipway.activities.step.StepLog;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Speaks to an environment's supervisor, and starts it when there is none. */
final class SupervisorClient {
  private static final Duration START = Duration.ofSeconds(60);

  private final Path root;
  private final EnvironmentId environment;
  private final EnvironmentFolder folder;

  SupervisorClient(Path root, EnvironmentId environment) {
    this.root = root;
    this.environment = environment;
    this.folder = EnvironmentFolder.of(root, environment);
  }

  EnvironmentFolder folder() {
    return folder;
  }

  /** Asks, and passes on what the supervisor says until its last word. */
  <T extends Reply.Last> T call(Call call, Class<T> expected, StepLog log)
      throws StepFailedException, InterruptedException {
    try (var wire = connect()) {
      var last = Conversation.hold(wire, call, log);
      if (last instanceof Reply.Failed failed) {
        throw failure(failed);
      }
      return expected.cast(last);
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      throw new InterruptedException("interrupted while the supervisor worked");
    } catch (IOException | UncheckedIOException e) {
      throw new StepFailedException(
          FailureType.TRANSIENT,
          "the supervisor of " + environment + " was lost in mid-sentence",
          "The next try starts it again; " + folder.supervisorLog() + " tells more.",
          e);
    }
  }

  /** Whether a supervisor takes calls. */
  boolean isLiving() throws StepFailedException {
    try (var wire = living().orElse(null)) {
      return wire != null;
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.TRANSIENT,
          "the supervisor of " + environment + " can't be asked",
          "Try again.",
          e);
    }
  }

  private Optional<Wire> living() throws IOException {
    var endpoint = folder.endpoint();
    return endpoint.isPresent() ? open(endpoint.get()) : Optional.empty();
  }

  private Wire connect() throws IOException, InterruptedException, StepFailedException {
    var living = living();
    if (living.isPresent()) {
      return living.get();
    }
    var process = SupervisorProcess.start(root, environment);
    var deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline) {
      var started = living();
      if (started.isPresent()) {
        return started.get();
      }
      if (!process.isAlive() && process.exitValue() != SupervisorMain.TAKEN) {
        break;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    throw notStarted(process);
  }

  private StepFailedException notStarted(Process process) {
    var how =
        process.isAlive()
            ? " does not answer"
            : " ended with code " + process.exitValue() + " as it started";
    var lines = LogTail.of(folder.supervisorLog());
    var why = lines.stream().filter(line -> line.contains("Exception")).reduce((a, b) -> b);
    return new StepFailedException(
        StepFailure.of(
                FailureType.INFRASTRUCTURE,
                "the supervisor of " + environment + how + why.map(line -> ": " + line).orElse(""),
                "Its last lines tell why; the whole log is " + folder.supervisorLog() + ".")
            .withLog(null, lines));
  }

  private static Optional<Wire> open(Endpoint endpoint) throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(endpoint.socket()));
      return Optional.of(new Wire(channel));
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      // Nobody listens there (any more).
      channel.close();
      return Optional.empty();
    }
  }

  private static StepFailedException failure(Reply.Failed failed) {
    return new StepFailedException(
        StepFailure.of(failed.type(), failed.happened(), failed.advice())
            .withLog(null, failed.lastLines()));
  }
}
