package dev.slipway.activities.step;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The attempts in this process, one for each step at a time: when the server takes an attempt for
 * lost and begins another here, the older one is stopped first.
 */
final class RunningSteps {
  private final ConcurrentMap<String, Running> attempts = new ConcurrentHashMap<>();

  /** Waits, telling the pulse, until no other attempt of the step runs here, and begins one. */
  Running begin(String key, Pulse pulse) throws InterruptedException {
    var mine = new Running(key);
    var began = System.nanoTime();
    for (var other = attempts.putIfAbsent(key, mine);
        other != null;
        other = attempts.putIfAbsent(key, mine)) {
      other.superseded = true;
      if (!other.ended.await(1, TimeUnit.SECONDS)) {
        pulse.beat(
            "waiting for an older attempt to end", Duration.ofNanos(System.nanoTime() - began));
      }
    }
    return mine;
  }

  /** An attempt that others wait for. */
  final class Running implements AutoCloseable {
    private final String key;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean superseded;

    private Running(String key) {
      this.key = key;
    }

    /** Whether another attempt waits for the end of this one. */
    boolean isSuperseded() {
      return superseded;
    }

    @Override
    public void close() {
      attempts.remove(key, this);
      ended.countDown();
    }
  }
}
