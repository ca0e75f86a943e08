package dev.slipway.activities.local.supervisor;

import dev.slipway.activities.local.protocol.EnvironmentFolder;
import dev.slipway.activities.local.protocol.Limits;
import dev.slipway.activities.local.proxy.Rotation;
import dev.slipway.environment.LocalDeployment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An environment's replicas. Whatever changes here is remembered before anything builds on it. */
final class Fleet {
  private static final Logger LOG = Logger.getLogger(Fleet.class.getName());
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(300);
  private static final int MOST_DOUBLINGS = 7;

  private final Memory memory;
  private final Rotation rotation;
  private final Changes changes;
  private final List<Replica> replicas = new CopyOnWriteArrayList<>();
  private Remembered remembered;

  Fleet(Memory memory, Rotation rotation, Changes changes, Remembered remembered) {
    this.memory = memory;
    this.rotation = rotation;
    this.changes = changes;
    this.remembered = remembered;
  }

  /** Takes over replicas that still run, starts the others again, and ends what nobody knows. */
  void restore() throws IOException {
    var variables = memory.variables();
    for (var survivor : remembered.replicas()) {
      restore(
          survivor,
          new Generation(survivor.deployment(), variables.getOrDefault(survivor.id(), Map.of())));
    }
    persist();
    var known = replicas.stream().map(r -> ReplicaProcess.mark(folder(), r.id())).toList();
    ProcessTree.marked(mark -> mark.startsWith(folder().path() + "/") && !known.contains(mark))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private void restore(Remembered.Survivor survivor, Generation generation) {
    var living = ReplicaProcess.adopt(folder(), survivor);
    try {
      replicas.add(
          living.isPresent()
              ? Replica.adopt(
                  folder(),
                  rotation,
                  survivor.id(),
                  generation,
                  Limits.DEFAULT,
                  this::crashed,
                  survivor.restarts(),
                  living.get())
              : Replica.start(
                  folder(),
                  rotation,
                  survivor.id(),
                  generation,
                  Limits.DEFAULT,
                  this::crashed,
                  survivor.restarts() + 1));
    } catch (IOException e) {
      LOG.log(Level.SEVERE, "replica " + survivor.id() + " can't be started again", e);
    }
  }

  List<Replica> replicas() {
    return List.copyOf(replicas);
  }

  /** What was last applied to the end, as long as something of it, or what came after, runs. */
  synchronized Optional<LocalDeployment> running() {
    var serving =
        replicas.stream()
            .filter(r -> r.state() != Replica.State.STARTING)
            .map(r -> r.generation().deployment())
            .toList();
    var settled = Optional.ofNullable(remembered.settled());
    return settled
        .filter(last -> serving.stream().anyMatch(deployment -> isSame(last, deployment)))
        .or(() -> serving.stream().findFirst());
  }

  /** Who approved it, and how many there are, may have changed since a replica was started. */
  private static boolean isSame(LocalDeployment one, LocalDeployment other) {
    return one.labels().release() == other.labels().release()
        && one.commit().equals(other.commit())
        && one.labels().configuration().equals(other.labels().configuration())
        && one.artifact().digest().equals(other.artifact().digest());
  }

  synchronized long token() {
    return remembered.token();
  }

  synchronized int port() {
    return remembered.port();
  }

  /** Remembers a higher fencing token. */
  synchronized void token(long higher) throws IOException {
    remembered = remembered.withToken(higher);
    persist();
  }

  /** Starts one more. */
  synchronized Replica start(Generation generation, Limits limits) throws IOException {
    var number = remembered.nextReplica();
    remembered = remembered.withNextReplica(number + 1);
    persist();
    var replica =
        Replica.start(folder(), rotation, "r" + number, generation, limits, this::crashed, 0);
    replicas.add(replica);
    persist();
    return replica;
  }

  /** Forgets one that has ended. */
  synchronized void forget(Replica replica) throws IOException {
    replicas.remove(replica);
    persist();
  }

  /** Remembers what is applied to the end now; null for nothing. */
  synchronized void settle(Optional<LocalDeployment> now) throws IOException {
    var last = remembered.settled();
    var sameFiles =
        last != null
            && now.isPresent()
            && last.artifact().digest().equals(now.get().artifact().digest());
    remembered = remembered.withSettled(now.orElse(null), sameFiles ? remembered.before() : last);
    persist();
    Releases.clean(folder(), remembered);
  }

  /** Keeps the address and the fencing token alone. */
  synchronized void forgetReleases() throws IOException {
    remembered = remembered.withSettled(null, null).withReplicas(List.of());
    memory.remember(remembered);
  }

  private EnvironmentFolder folder() {
    return memory.folder();
  }

  private void crashed(Replica replica) throws InterruptedException {
    LOG.warning(() -> "replica " + replica.id() + " " + replica.problem());
    var doublings = Math.min(replica.restarts(), MOST_DOUBLINGS);
    TimeUnit.NANOSECONDS.sleep(FIRST_BACKOFF.multipliedBy(1L << doublings).toNanos());
    changes.quietly(
        () -> {
          if (replicas.contains(replica)) {
            try {
              replica.restart();
              persist();
            } catch (IOException e) {
              LOG.log(Level.SEVERE, "replica " + replica.id() + " can't be started again", e);
            }
          }
        });
  }

  private synchronized void persist() throws IOException {
    var variables = new TreeMap<String, Map<String, String>>();
    replicas.forEach(r -> variables.put(r.id(), r.generation().variables()));
    memory.variables(variables);
    remembered = remembered.withReplicas(replicas.stream().map(Replica::remembered).toList());
    memory.remember(remembered);
  }
}
