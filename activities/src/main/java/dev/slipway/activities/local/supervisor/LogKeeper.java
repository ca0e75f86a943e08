package dev.slipway.activities.local.supervisor;

import dev.slipway.activities.local.protocol.EnvironmentFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps logs small. Writers append and outlive the supervisor, so a long file is copied aside and
 * emptied in place.
 */
final class LogKeeper implements Runnable {
  private static final Logger LOG = Logger.getLogger(LogKeeper.class.getName());
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final long MOST_BYTES = 8 << 20;
  private static final int MOST_FILES = 40;
  private static final String OLDER = ".1";

  private final EnvironmentFolder folder;

  LogKeeper(EnvironmentFolder folder) {
    this.folder = folder;
  }

  @Override
  public void run() {
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
        try {
          keep();
        } catch (IOException e) {
          LOG.log(Level.WARNING, "logs can't be kept small", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void keep() throws IOException {
    var logs = new ArrayList<Path>();
    try (var files = Files.newDirectoryStream(folder.logs())) {
      files.forEach(logs::add);
    }
    for (var log : logs) {
      if (!log.toString().endsWith(OLDER) && Files.size(log) > MOST_BYTES) {
        Files.copy(
            log,
            log.resolveSibling(log.getFileName() + OLDER),
            StandardCopyOption.REPLACE_EXISTING);
        try (var file = new RandomAccessFile(log.toFile(), "rw")) {
          file.setLength(0);
        }
      }
    }
    logs.sort(Comparator.comparingLong((Path log) -> log.toFile().lastModified()).reversed());
    for (var old : logs.subList(Math.min(MOST_FILES, logs.size()), logs.size())) {
      Files.deleteIfExists(old);
    }
  }
}
