package dev.slipway.starter.client;

import dev.slipway.activities.home.Home;
import dev.slipway.run.PipelineWorkflow;
import dev.slipway.starter.local.ServerFile;
import dev.slipway.starter.local.ServerInfo;
import dev.slipway.starter.local.ServerLauncher;
import dev.slipway.starter.local.TroubleException;
import io.grpc.StatusRuntimeException;
import io.temporal.envconfig.ClientConfigProfile;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the Temporal that has the runs: that of the server of this home, else the configured one.
 * Where neither is, a command that needs one has a server started; but never for a configured
 * Temporal, since a command must not make this machine a worker of somebody's production.
 */
public final class RunClients {
  private final Home home;
  private final Map<String, String> env;

  /**
   * @param env usually {@link System#getenv()}
   */
  public RunClients(Home home, Map<String, String> env) {
    this.home = home;
    this.env = env;
  }

  /** A client, if there is a Temporal now. */
  public Optional<RunClient> find() throws TroubleException {
    try {
      var server = new ServerFile(home).running();
      if (server.isPresent()) {
        return Optional.of(toServer(server.get()));
      }
      var profile = ConfiguredTemporal.of(env);
      if (profile.isEmpty()) {
        return Optional.empty();
      }
      var connection = TemporalConnection.configured(profile.get());
      return Optional.of(new RunClient(connection, identity(connection)));
    } catch (IOException e) {
      throw new TroubleException(
          TroubleException.Kind.FAILURE, String.valueOf(e.getMessage()), "", e);
    }
  }

  /**
   * A client for a command that starts or changes something; a server is started when it must be.
   *
   * @param notice is told before a server is started, and when it is ready
   */
  public RunClient open(ServerLauncher launcher, StartNotice notice)
      throws TroubleException, InterruptedException {
    var found = find();
    if (found.isPresent()) {
      if (found.get().lacksWorker()) {
        throw TroubleException.failure(
            "no worker takes tasks from the queue %s at %s"
                .formatted(PipelineWorkflow.TASK_QUEUE, found.get().address()),
            "start one: slipway server on this machine, or the worker where it belongs");
      }
      return found.get();
    }
    notice.starting();
    var info = launcher.start();
    notice.ready(info);
    return toServer(info);
  }

  private RunClient toServer(ServerInfo server) throws TroubleException {
    var profile =
        server.engine().equals("configured")
            ? ConfiguredTemporal.of(env)
            : Optional.<ClientConfigProfile>empty();
    return new RunClient(
        profile
            .map(TemporalConnection::configured)
            .orElseGet(() -> TemporalConnection.local(server.address(), server.namespace())),
        server.engineIdentity());
  }

  private static String identity(TemporalConnection connection) throws TroubleException {
    try {
      return connection.engineIdentity();
    } catch (StatusRuntimeException e) {
      throw new TroubleException(
          TroubleException.Kind.FAILURE,
          "Temporal at %s does not answer: %s"
              .formatted(connection.address(), e.getStatus().getDescription()),
          "check TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and the credentials",
          e);
    }
  }

  /** Told when a server is started. */
  public interface StartNotice {
    void starting();

    void ready(ServerInfo server);
  }
}
