package dev.slipway.activities.local.supervisor;

import dev.slipway.activities.local.protocol.Call;
import dev.slipway.activities.local.protocol.EnvironmentFolder;
import dev.slipway.activities.local.protocol.Limits;
import dev.slipway.activities.local.protocol.LocalStatus;
import dev.slipway.activities.local.protocol.Reply;
import dev.slipway.activities.local.proxy.ProxyServer;
import java.io.IOException;
import java.util.Optional;

/** Owns an environment: its proxy, its replicas and its published files. */
final class Supervisor {
  private final EnvironmentFolder folder;
  private final ProxyServer proxy;
  private final Fleet fleet;
  private final Changes changes;
  private final Changes.Fence fence;
  private final Publication publication;

  private Supervisor(
      EnvironmentFolder folder, Memory memory, ProxyServer proxy, Fleet fleet, Changes changes) {
    this.folder = folder;
    this.proxy = proxy;
    this.fleet = fleet;
    this.changes = changes;
    this.fence =
        new Changes.Fence() {
          @Override
          public long token() {
            return fleet.token();
          }

          @Override
          public void token(long higher) throws IOException {
            fleet.token(higher);
          }
        };
    this.publication = new Publication(folder, memory, proxy);
  }

  /** Takes up what an earlier supervisor left, at the same address. */
  static Supervisor begin(EnvironmentFolder folder) throws IOException, InterruptedException {
    var memory = new Memory(folder);
    var door = Door.open(folder, memory.remembered(), memory.served());
    var proxy = door.proxy();
    var changes = new Changes();
    var fleet = new Fleet(memory, proxy.rotation(), changes, door.remembered());
    fleet.restore();
    return new Supervisor(folder, memory, proxy, fleet, changes);
  }

  /** Does what it is asked; interrupting the thread calls it off. */
  Reply.Last answer(Call call, Listener listener)
      throws ChangeFailedException, IOException, InterruptedException {
    return switch (call) {
      case Call.Status() -> new Reply.Seen(status());
      case Call.Apply apply ->
          changes.make(
              fence,
              apply.token(),
              () -> {
                new Rollout(folder, fleet, apply, listener).run();
                return new Reply.Done();
              });
      case Call.EndReplicas end ->
          changes.make(
              fence,
              end.token(),
              () -> {
                endReplicas(end.limits(), listener);
                return new Reply.Done();
              });
      case Call.Publish publish ->
          changes.make(
              fence,
              publish.token(),
              () -> {
                publication.publish(Optional.ofNullable(publish.manifest()), listener);
                return new Reply.Done();
              });
      case Call.Look look -> new Reply.Looked(new Probing(fleet, look, listener).run());
      case Call.Shutdown shutdown -> {
        changes.last(() -> {});
        shutdown(shutdown.limits(), listener);
        yield new Reply.Done();
      }
    };
  }

  private LocalStatus status() {
    return new LocalStatus(
        fleet.port(),
        fleet.token(),
        fleet.running().orElse(null),
        proxy.served().manifest().orElse(null),
        fleet.replicas().stream().map(Replica::status).toList(),
        proxy.traffic());
  }

  private void endReplicas(Limits limits, Listener listener)
      throws IOException, InterruptedException {
    for (var replica : fleet.replicas()) {
      replica.retire();
      fleet.forget(replica);
      listener.progress("replica " + replica.id() + " has ended");
    }
    fleet.settle(Optional.empty());
    listener.line("nothing runs any more, within " + limits.drain());
  }

  private void shutdown(Limits limits, Listener listener) throws IOException, InterruptedException {
    endReplicas(limits, listener);
    proxy.close();
    fleet.forgetReleases();
    new Aftermath(folder).clear();
  }
}
