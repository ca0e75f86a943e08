package dev.slipway.activities.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Ends processes: asks them, waits, kills them, and looks again until none is left. An interruption
 * does not hurry it, since whoever was interrupted relies on their end.
 */
final class Ending {
  /** How long a process may take to end when it is asked. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private static final Duration AFTER_KILL = Duration.ofSeconds(5);
  private static final long LOOK_MILLIS = 50;

  private Ending() {}

  /**
   * Ends all that the supplier names, each time it is asked.
   *
   * @return those that are still there, as a process in an uninterruptible call to a device can be
   */
  static List<ProcessHandle> end(Supplier<Stream<ProcessHandle>> processes, Duration grace) {
    var left = running(processes);
    if (left.isEmpty()) {
      return left;
    }
    var interrupted = Thread.interrupted();
    try {
      var asked = new LinkedHashSet<ProcessHandle>();
      var deadline = System.nanoTime() + grace.toNanos();
      while (!left.isEmpty() && System.nanoTime() < deadline) {
        left.stream().filter(asked::add).forEach(ProcessHandle::destroy);
        interrupted |= pause();
        left = withAsked(processes, asked);
      }
      deadline = System.nanoTime() + AFTER_KILL.toNanos();
      while (!left.isEmpty() && System.nanoTime() < deadline) {
        left.forEach(ProcessHandle::destroyForcibly);
        interrupted |= pause();
        left = withAsked(processes, asked);
      }
      return left;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What was asked and did not end may have lost the parent by which it was found. */
  private static List<ProcessHandle> withAsked(
      Supplier<Stream<ProcessHandle>> processes, Collection<ProcessHandle> asked) {
    Set<ProcessHandle> all = new LinkedHashSet<>(running(processes));
    asked.stream().filter(SystemProcesses::isRunning).forEach(all::add);
    return new ArrayList<>(all);
  }

  private static List<ProcessHandle> running(Supplier<Stream<ProcessHandle>> processes) {
    try (var found = processes.get()) {
      return found.filter(SystemProcesses::isRunning).distinct().toList();
    }
  }

  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }
}
