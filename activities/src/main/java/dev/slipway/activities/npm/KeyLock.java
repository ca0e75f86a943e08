package dev.slipway.activities.npm;

import dev.slipway.action.Durations;
import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one step at a time work on a cache entry, among all processes of this machine. */
final class KeyLock implements AutoCloseable {
  private static final long LOOK_MILLIS = 100;

  /** The system's lock is the process's: between its threads this one decides. */
  private static final Map<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

  private final ReentrantLock lock;
  private final FileChannel channel;

  private KeyLock(ReentrantLock lock, FileChannel channel) {
    this.lock = lock;
    this.channel = channel;
  }

  /**
   * @throws StepFailedException INFRASTRUCTURE when others hold it longer than the limit
   */
  static KeyLock acquire(Path file, Duration limit)
      throws IOException, StepFailedException, InterruptedException {
    var deadline = System.nanoTime() + limit.toNanos();
    var lock = IN_PROCESS.computeIfAbsent(file, _ -> new ReentrantLock());
    if (!lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      throw busy(file, limit);
    }
    FileChannel channel = null;
    var held = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      while (channel.tryLock() == null) {
        if (System.nanoTime() > deadline) {
          throw busy(file, limit);
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      held = true;
      return new KeyLock(lock, channel);
    } catch (ClosedByInterruptException e) {
      var interrupted = new InterruptedException("while waiting for " + file);
      interrupted.initCause(e);
      throw interrupted;
    } finally {
      if (!held) {
        if (channel != null) {
          channel.close();
        }
        lock.unlock();
      }
    }
  }

  private static StepFailedException busy(Path file, Duration limit) {
    return new StepFailedException(
        FailureType.INFRASTRUCTURE,
        "another step has been installing the same dependencies for more than "
            + Durations.text(limit),
        "See what it waits for; `%s` is its lock.".formatted(file));
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      lock.unlock();
    }
  }
}
