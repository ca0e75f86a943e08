package dev.slipway.activities.local.supervisor;

import dev.slipway.activities.local.protocol.Call;
import dev.slipway.activities.target.Target.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Looks at every replica again and again. */
final class Probing {
  /** A refused connection is often the first that is seen of an exit. */
  private static final Duration NOTICE = Duration.ofMillis(300);

  private static final Duration QUIET = Duration.ofSeconds(2);

  private final Fleet fleet;
  private final Call.Look asked;
  private final Listener listener;
  private final Map<String, Integer> restartsBefore = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private int passed;
  private int failed;
  private long lastProgress = System.nanoTime();

  Probing(Fleet fleet, Call.Look asked, Listener listener) {
    this.fleet = fleet;
    this.asked = asked;
    this.listener = listener;
  }

  Probe run() throws InterruptedException {
    fleet.replicas().forEach(r -> restartsBefore.put(r.id(), r.restarts()));
    var end = System.nanoTime() + asked.window().toNanos();
    lookAtAll();
    while (problems.isEmpty() && System.nanoTime() < end) {
      TimeUnit.NANOSECONDS.sleep(
          Math.min(asked.interval().toNanos(), Math.max(0, end - System.nanoTime())));
      lookAtAll();
    }
    problems.forEach(listener::line);
    progress();
    return new Probe(passed, failed, problems);
  }

  private void lookAtAll() throws InterruptedException {
    var replicas = fleet.replicas();
    if (replicas.isEmpty()) {
      problem("no replica runs");
    }
    for (var replica : replicas) {
      lookAt(replica);
    }
    if (System.nanoTime() - lastProgress > QUIET.toNanos()) {
      progress();
    }
  }

  private void progress() {
    lastProgress = System.nanoTime();
    listener.progress(
        "%d looks at %d replicas, %d problems"
            .formatted(passed + failed, restartsBefore.size(), problems.size()));
  }

  private void lookAt(Replica replica) throws InterruptedException {
    var name = "replica %s of release %d ".formatted(replica.id(), replica.generation().release());
    if (replica.state() == Replica.State.EXITED) {
      problem(name + replica.problem());
      return;
    }
    if (replica.restarts() > restartsBefore.getOrDefault(replica.id(), 0)) {
      problem(name + "was restarted: " + replica.problem());
      return;
    }
    var looks = replica.look();
    var bad = looks.stream().filter(look -> !look.passed()).toList();
    passed += looks.size() - bad.size();
    if (!bad.isEmpty() && replica.exitedWithin(NOTICE)) {
      problem(name + replica.problem());
    } else {
      bad.forEach(look -> problem(name.strip() + ": " + replica.generation().masked(look.text())));
    }
  }

  private void problem(String text) {
    failed++;
    problems.add(text);
  }
}
