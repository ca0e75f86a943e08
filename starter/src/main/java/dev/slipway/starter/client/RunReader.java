package dev.slipway.starter.client;

import dev.slipway.pipeline.RunId;
import dev.slipway.run.RunRecord;
import dev.slipway.run.RunState;
import dev.slipway.starter.client.RunClient.UnknownRunException;
import dev.slipway.starter.client.RunSight.Reason;
import dev.slipway.starter.client.RunSight.Seen;
import dev.slipway.starter.client.RunSight.Unseen;
import dev.slipway.starter.local.TroubleException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at runs: ended ones are read from the store, open ones asked through Temporal. Looks again
 * for the server after one that did not answer, since it may have been started anew.
 */
public final class RunReader implements AutoCloseable {
  private final RunIndex index;
  private final RunClients clients;
  private @Nullable RunClient client;

  public RunReader(RunIndex index, RunClients clients) {
    this.index = index;
    this.clients = clients;
  }

  /**
   * What can be seen of a run now.
   *
   * @throws TroubleException when there is no such run
   */
  public RunSight look(RunId run) throws TroubleException, IOException {
    var ended = index.finalState(run);
    if (ended.isPresent()) {
      return new Seen(ended.get());
    }
    var record = index.record(run);
    if (record.isEmpty()) {
      throw TroubleException.input("there is no run " + run, "see the runs: slipway runs");
    }
    return open(record.get());
  }

  private RunSight open(RunRecord record) throws TroubleException, IOException {
    try {
      var found = client();
      if (found.isEmpty()) {
        return asleep(record, "no server runs");
      }
      if (!found.get().engineIdentity().equals(record.engine())) {
        return lost(record, "it ran on an engine that is not there any more");
      }
      Optional<RunState> state = found.get().state(record.input().id());
      return state.isPresent()
          ? new Seen(state.get())
          : new Unseen(
              record,
              Reason.ASLEEP,
              "no worker answers",
              "it goes on when one does; look again, or at the server: slipway server status");
    } catch (UnknownRunException e) {
      // It may have ended since, and Temporal have forgotten it.
      var ended = index.finalState(record.input().id());
      return ended.isPresent()
          ? new Seen(ended.get())
          : lost(record, String.valueOf(e.getMessage()));
    } catch (TroubleException e) {
      forget();
      return asleep(record, String.valueOf(e.getMessage()));
    }
  }

  private static RunSight asleep(RunRecord record, String why) {
    return new Unseen(
        record, Reason.ASLEEP, why, "it goes on when the server runs: slipway server start");
  }

  private static RunSight lost(RunRecord record, String why) {
    return new Unseen(
        record,
        Reason.LOST,
        why,
        "start it again: slipway run; what is live is known: slipway live");
  }

  private Optional<RunClient> client() throws TroubleException {
    if (client == null) {
      client = clients.find().orElse(null);
    }
    return Optional.ofNullable(client);
  }

  /** Lets go of the connection, so that the next look finds the server anew. */
  public void forget() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  @Override
  public void close() {
    forget();
  }
}
