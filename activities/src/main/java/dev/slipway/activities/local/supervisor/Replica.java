package dev.slipway.activities.local.supervisor;

import dev.slipway.action.Durations;
import dev.slipway.activities.local.protocol.EnvironmentFolder;
import dev.slipway.activities.local.protocol.Limits;
import dev.slipway.activities.local.protocol.LocalStatus.ReplicaStatus;
import dev.slipway.activities.local.protocol.LogTail;
import dev.slipway.activities.local.proxy.Backend;
import dev.slipway.activities.local.proxy.Rotation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One of an environment's replicas: a process, its place in the rotation, and a thread that looks
 * at it. It takes traffic once two looks in a row were good and its smoke paths answered; it is
 * named unhealthy after two bad ones.
 */
final class Replica {
  /** Where a replica is in its life. */
  enum State {
    STARTING,
    HEALTHY,
    UNHEALTHY,
    EXITED,
    RETIRED
  }

  private static final Duration EAGER = Duration.ofMillis(40);
  private static final Duration CALM = Duration.ofMillis(500);
  private static final int LOOKS_TO_CHANGE = 2;

  private final EnvironmentFolder folder;
  private final Rotation rotation;
  private final String id;
  private final Generation generation;
  private final Limits limits;
  private final Crashes crashes;
  private volatile ReplicaProcess process;
  private volatile Backend backend;
  private volatile State state;
  private volatile String problem = "has not answered yet";
  private volatile int restarts;

  /** What happens when a replica that was in use has crashed. */
  interface Crashes {
    /** Called once for a crash, on the replica's own thread. */
    void crashed(Replica replica) throws InterruptedException;
  }

  private Replica(
      EnvironmentFolder folder,
      Rotation rotation,
      String id,
      Generation generation,
      Limits limits,
      Crashes crashes,
      ReplicaProcess process,
      State state,
      int restarts) {
    this.folder = folder;
    this.rotation = rotation;
    this.id = id;
    this.generation = generation;
    this.limits = limits;
    this.crashes = crashes;
    this.process = process;
    this.backend = new Backend(process.port());
    this.state = state;
    this.restarts = restarts;
  }

  /** Starts a new one; it is not in the rotation before it is healthy. */
  static Replica start(
      EnvironmentFolder folder,
      Rotation rotation,
      String id,
      Generation generation,
      Limits limits,
      Crashes crashes,
      int restarts)
      throws IOException {
    var process = ReplicaProcess.start(folder, id, generation, Ports.forReplica());
    var replica =
        new Replica(
            folder, rotation, id, generation, limits, crashes, process, State.STARTING, restarts);
    replica.watch();
    return replica;
  }

  /** Takes over one that runs; it was healthy when it was last seen, and has the traffic. */
  static Replica adopt(
      EnvironmentFolder folder,
      Rotation rotation,
      String id,
      Generation generation,
      Limits limits,
      Crashes crashes,
      int restarts,
      ReplicaProcess process) {
    var replica =
        new Replica(
            folder, rotation, id, generation, limits, crashes, process, State.HEALTHY, restarts);
    rotation.add(replica.backend);
    replica.watch();
    return replica;
  }

  String id() {
    return id;
  }

  Generation generation() {
    return generation;
  }

  State state() {
    return state;
  }

  int restarts() {
    return restarts;
  }

  /** What was wrong when it was last looked at. */
  String problem() {
    return generation.masked(problem);
  }

  List<String> lastLines() {
    return LogTail.of(folder.replicaLog(id)).stream().map(generation::masked).toList();
  }

  Remembered.Survivor remembered() {
    var now = process;
    return new Remembered.Survivor(
        id, generation.deployment(), now.pid(), now.started(), now.port(), restarts);
  }

  ReplicaStatus status() {
    return new ReplicaStatus(
        id,
        generation.release(),
        process.pid(),
        process.port(),
        state.name().toLowerCase(Locale.ROOT),
        restarts,
        backend.inFlight());
  }

  /** Starts its process again after a crash. */
  synchronized void restart() throws IOException {
    if (state == State.EXITED) {
      process = ReplicaProcess.start(folder, id, generation, Ports.forReplica());
      backend = new Backend(process.port());
      restarts++;
      state = State.STARTING;
      watch();
    }
  }

  /** Looks now, apart from the regular looks: at its health and every smoke path. */
  List<Look> look() {
    var run = generation.deployment().run();
    var looks = new ArrayList<Look>();
    looks.add(Look.health(process.port(), run.health(), limits.look()));
    run.smoke().forEach(path -> looks.add(Look.smoke(process.port(), path, limits.look())));
    return looks;
  }

  /** Waits until it is healthy; answers why not, if it does not get there. */
  Optional<String> awaitHealthy(Duration limit) throws InterruptedException {
    var deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      switch (state) {
        case HEALTHY -> {
          return Optional.empty();
        }
        case EXITED, RETIRED -> {
          return Optional.of(problem() + " before it was healthy");
        }
        case STARTING, UNHEALTHY -> {
          if (System.nanoTime() > deadline) {
            return Optional.of(
                "was not healthy within " + Durations.text(limit) + ": " + problem());
          }
          TimeUnit.MILLISECONDS.sleep(10);
        }
      }
    }
  }

  /** Whether its process has ended, or does so within this time; then it is known how. */
  boolean exitedWithin(Duration limit) throws InterruptedException {
    var deadline = System.nanoTime() + limit.toNanos();
    while (state != State.EXITED && (System.nanoTime() < deadline || !process.isAlive())) {
      if (state == State.RETIRED) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return state == State.EXITED;
  }

  /**
   * Takes it out of the rotation, waits for its unanswered requests and ends it; answers how many
   * requests were cut off. Interrupted while it waits for requests, it goes back to work.
   */
  int retire() throws InterruptedException {
    rotation.remove(backend);
    try {
      var deadline = System.nanoTime() + limits.drain().toNanos();
      while (backend.inFlight() > 0 && process.isAlive() && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (InterruptedException e) {
      if (state == State.HEALTHY || state == State.UNHEALTHY) {
        rotation.add(backend);
      }
      throw e;
    }
    var cut = process.isAlive() ? backend.inFlight() : 0;
    retired();
    process.end(limits.grace());
    return cut;
  }

  /** Ends it at once; for one that never took traffic, or is called off. */
  void kill() {
    retired();
    process.kill();
  }

  private synchronized void retired() {
    state = State.RETIRED;
    rotation.remove(backend);
  }

  private void watch() {
    var watched = process;
    var door = backend;
    watched.whenEnded(() -> rotation.remove(door));
    Thread.ofVirtual().name("watch-" + id).start(() -> watch(watched, door));
  }

  private void watch(ReplicaProcess watched, Backend door) {
    try {
      var good = 0;
      var bad = 0;
      while (!watched.awaitEnd(state == State.STARTING ? EAGER : CALM)) {
        if (state == State.RETIRED) {
          return;
        }
        var look = state == State.STARTING && good == LOOKS_TO_CHANGE - 1 ? lookAtAll() : health();
        good = look.passed() ? good + 1 : 0;
        bad = look.passed() ? 0 : bad + 1;
        if (!look.passed()) {
          problem = look.text();
        }
        decide(watched, door, good, bad);
      }
      ended(watched, door);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Look health() {
    return Look.health(process.port(), generation.deployment().run().health(), limits.look());
  }

  private Look lookAtAll() {
    var looks = look();
    return looks.stream().filter(look -> !look.passed()).findFirst().orElseGet(looks::getFirst);
  }

  private synchronized void decide(ReplicaProcess watched, Backend door, int good, int bad) {
    if (state == State.RETIRED || !watched.isAlive()) {
      return;
    }
    if (good >= LOOKS_TO_CHANGE && state != State.HEALTHY) {
      state = State.HEALTHY;
      door.healthy(true);
      rotation.add(door);
    } else if (bad >= LOOKS_TO_CHANGE && state == State.HEALTHY) {
      state = State.UNHEALTHY;
      door.healthy(false);
    }
  }

  private void ended(ReplicaProcess watched, Backend door) throws InterruptedException {
    rotation.remove(door);
    var ending = watched.ending();
    boolean wasInUse;
    synchronized (this) {
      if (state == State.RETIRED) {
        return;
      }
      wasInUse = state != State.STARTING || restarts > 0;
      problem = ending;
      state = State.EXITED;
    }
    watched.kill();
    if (wasInUse) {
      crashes.crashed(this);
    }
  }
}
