package dev.slipway.activities.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process as it is written down for later: a number alone may mean another process by then.
 *
 * @param startedAt as the operating system tells it
 */
public record RunningProcess(long pid, Instant startedAt) {
  /** Clocks are set while processes run, and the system reckons start times from the clock. */
  private static final Duration CLOCK_CORRECTION = Duration.ofSeconds(2);

  /** Notes a process. */
  public static RunningProcess of(ProcessHandle process) {
    return new RunningProcess(
        process.pid(), process.info().startInstant().orElse(Instant.ofEpochMilli(0)));
  }

  /** The process, if it still runs. */
  public Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> !isZombie())
        .filter(
            process ->
                process
                    .info()
                    .startInstant()
                    .map(start -> Duration.between(start, startedAt).abs())
                    .filter(difference -> difference.compareTo(CLOCK_CORRECTION) <= 0)
                    .isPresent());
  }

  /**
   * Asks the process to end, and makes it after the grace time.
   *
   * @return whether it is gone
   */
  public boolean end(Duration grace) throws InterruptedException {
    var process = find();
    if (process.isEmpty()) {
      return true;
    }
    process.get().destroy();
    if (!awaitEnd(process.get(), grace)) {
      process.get().destroyForcibly();
      awaitEnd(process.get(), Duration.ofSeconds(5));
    }
    return find().isEmpty();
  }

  private boolean awaitEnd(ProcessHandle process, Duration limit) throws InterruptedException {
    var deadline = Instant.now().plus(limit);
    CompletableFuture<ProcessHandle> exit = process.onExit();
    while (find().isPresent() && Instant.now().isBefore(deadline)) {
      try {
        exit.get(100, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Look again: a zombie whose parent does not look never exits, but find() knows it.
      } catch (ExecutionException e) {
        throw new IllegalStateException("waiting for process " + pid, e);
      }
    }
    return find().isEmpty();
  }

  /** Ended, but not yet noticed by its parent, as happens where process 1 is no init. */
  private boolean isZombie() {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false; // no such file on this system, or the process is gone
    }
  }
}
