package dev.slipway.activities.database.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps other threads and other processes out while a folder is prepared or a server started. The
 * lock of a process that dies is free at once.
 */
final class HomeLock implements AutoCloseable {
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final ReentrantLock threads;
  private final FileChannel channel;

  private HomeLock(ReentrantLock threads, FileChannel channel) {
    this.threads = threads;
    this.channel = channel;
  }

  /** Waits until nobody else has it. */
  static HomeLock take(Path home, String name) throws IOException, InterruptedException {
    var file = home.resolve("." + name + ".lock").toAbsolutePath();
    var threads = THREADS.computeIfAbsent(file, ignored -> new ReentrantLock());
    threads.lockInterruptibly();
    FileChannel channel = null;
    var taken = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.lock();
      taken = true;
      return new HomeLock(threads, channel);
    } catch (FileLockInterruptionException e) {
      Thread.interrupted();
      throw (InterruptedException) new InterruptedException().initCause(e);
    } finally {
      if (!taken) {
        threads.unlock();
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      threads.unlock();
    }
  }
}
