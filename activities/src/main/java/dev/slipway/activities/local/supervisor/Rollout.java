package dev.slipway.activities.local.supervisor;

import dev.slipway.action.FailureType;
import dev.slipway.activities.local.protocol.Call.Apply;
import dev.slipway.activities.local.protocol.EnvironmentFolder;
import dev.slipway.activities.local.supervisor.Replica.State;
import dev.slipway.activities.local.supervisor.RolloutPlan.Condition;
import dev.slipway.activities.local.supervisor.RolloutPlan.Move;
import dev.slipway.activities.local.supervisor.RolloutPlan.Seen;
import dev.slipway.artifact.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Brings a fleet to a wanted deployment, one replica after the other. */
final class Rollout {
  private static final int MOST_PORTS = 3;

  private final EnvironmentFolder folder;
  private final Fleet fleet;
  private final Apply wanted;
  private final Generation generation;
  private final Digest key;
  private final Listener listener;
  private final Set<String> started = new HashSet<>();

  Rollout(EnvironmentFolder folder, Fleet fleet, Apply wanted, Listener listener) {
    this.folder = folder;
    this.fleet = fleet;
    this.wanted = wanted;
    this.generation = new Generation(wanted.wanted(), wanted.variables());
    this.key = generation.key();
    this.listener = listener;
  }

  /**
   * Returns when all that is wanted runs, is healthy, and nothing else runs.
   *
   * @throws InterruptedException when it was called off; then all traffic is on healthy replicas
   */
  void run() throws ChangeFailedException, IOException, InterruptedException {
    check();
    settleThoseThatStart();
    var changed = false;
    while (true) {
      switch (RolloutPlan.next(seen(), wanted.wanted().replicas(), wanted.settings())) {
        case Move.Start() -> {
          start();
          changed = true;
        }
        case Move.Retire(var id) -> {
          retire(id);
          changed = true;
        }
        case Move.Finished() -> {
          fleet.settle(Optional.of(wanted.wanted()));
          if (!changed) {
            progress("already there");
          }
          return;
        }
      }
    }
  }

  private void check() throws ChangeFailedException {
    if (wanted.wanted().replicas() < 1) {
      throw new ChangeFailedException(
          FailureType.CONFIGURATION,
          "a deployment of " + wanted.wanted().replicas() + " replicas runs nothing",
          "Set `replicas` to 1 or more.");
    }
    if (wanted.settings().maxSurge() <= 0 && wanted.settings().maxUnavailable() <= 0) {
      throw new ChangeFailedException(
          FailureType.CONFIGURATION,
          "`maxSurge` and `maxUnavailable` are both 0, which leaves no way to replace a replica",
          "Set one of them to 1 or more.");
    }
    if (!Files.isDirectory(folder.release(wanted.wanted().artifact().digest()))) {
      throw new ChangeFailedException(
          FailureType.INFRASTRUCTURE,
          "artifact " + wanted.wanted().artifact().digest().abbreviated() + " is not unpacked",
          "Try again; it may have been cleaned up meanwhile.");
    }
  }

  /** After a supervisor was killed, some may just have been started again. */
  private void settleThoseThatStart() throws InterruptedException {
    for (var replica : fleet.replicas()) {
      if (isWanted(replica) && replica.state() == State.STARTING) {
        replica.awaitHealthy(wanted.limits().start());
      }
    }
  }

  private List<Seen> seen() throws ChangeFailedException, IOException, InterruptedException {
    var seen = new ArrayList<Seen>();
    for (var replica : fleet.replicas()) {
      var condition = condition(replica);
      if (condition != Condition.HEALTHY && started.contains(replica.id())) {
        throw failed(replica, "did not stay healthy: " + replica.problem());
      }
      seen.add(new Seen(replica.id(), isWanted(replica), condition));
    }
    return seen;
  }

  /** A wanted one that was there before is looked at now: what it was a moment ago is no proof. */
  private Condition condition(Replica replica) throws InterruptedException {
    if (replica.state() == State.HEALTHY && isWanted(replica) && !started.contains(replica.id())) {
      return looksFine(replica) ? Condition.HEALTHY : Condition.UNHEALTHY;
    }
    return switch (replica.state()) {
      case HEALTHY -> Condition.HEALTHY;
      case STARTING, UNHEALTHY -> Condition.UNHEALTHY;
      case EXITED, RETIRED -> Condition.GONE;
    };
  }

  private static boolean looksFine(Replica replica) throws InterruptedException {
    for (var attempt = 0; attempt < 2; attempt++) {
      if (replica.look().stream().allMatch(Look::passed)) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return false;
  }

  private void start() throws ChangeFailedException, IOException, InterruptedException {
    for (var attempt = 1; ; attempt++) {
      var replica = launch();
      try {
        var why = replica.awaitHealthy(wanted.limits().start());
        if (why.isEmpty()) {
          started.add(replica.id());
          progress("replica " + replica.id() + " is healthy");
          return;
        }
        if (attempt < MOST_PORTS && lostItsPort(replica)) {
          listener.line("replica " + replica.id() + " lost its port to another process; again");
          discard(replica);
          continue;
        }
        throw failed(replica, why.get());
      } catch (InterruptedException e) {
        discard(replica);
        throw e;
      }
    }
  }

  private Replica launch() throws ChangeFailedException, IOException {
    try {
      return fleet.start(generation, wanted.limits());
    } catch (IOException e) {
      var command = wanted.wanted().run().command();
      throw new ChangeFailedException(
          FailureType.INFRASTRUCTURE,
          "`" + command.getFirst() + "` can't be started: " + e.getMessage(),
          "Look at the environment's `run.command`; it is started in the unpacked artifact.");
    }
  }

  private static boolean lostItsPort(Replica replica) {
    return replica.state() == State.EXITED
        && replica.lastLines().stream()
            .anyMatch(
                line ->
                    line.contains("EADDRINUSE")
                        || line.toLowerCase(Locale.ROOT).contains("address already in use"));
  }

  private void retire(String id) throws IOException, InterruptedException {
    var replica =
        fleet.replicas().stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
    try {
      var cut = replica.retire();
      if (cut > 0) {
        listener.line(
            "replica %s ended with %d requests unanswered after %s"
                .formatted(id, cut, wanted.limits().drain()));
      }
    } finally {
      if (replica.state() == State.RETIRED) {
        fleet.forget(replica);
      }
    }
    progress("replica %s of release %d has ended".formatted(id, replica.generation().release()));
  }

  private ChangeFailedException failed(Replica replica, String why) throws IOException {
    var lines = replica.lastLines();
    lines.forEach(line -> listener.line("  " + replica.id() + " | " + line));
    discard(replica);
    return new ChangeFailedException(
        FailureType.UNHEALTHY,
        "replica %s of release %d %s".formatted(replica.id(), generation.release(), why),
        lines.isEmpty()
            ? "It printed nothing; start the same command by hand in the artifact's folder."
            : "Its last lines are in the log.",
        lines);
  }

  private void discard(Replica replica) throws IOException {
    replica.kill();
    fleet.forget(replica);
  }

  private void progress(String what) {
    var there =
        fleet.replicas().stream().filter(r -> isWanted(r) && r.state() == State.HEALTHY).count();
    listener.progress(
        "%d of %d replicas on release %d: %s"
            .formatted(there, wanted.wanted().replicas(), generation.release(), what));
  }

  private boolean isWanted(Replica replica) {
    return replica.generation().key().equals(key);
  }
}
