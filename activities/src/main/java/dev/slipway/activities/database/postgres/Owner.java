package dev.slipway.activities.database.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The process that a scratch folder belongs to, which the folder's name says.
 *
 * @param started tells it from a later process with the same number
 */
record Owner(long pid, Instant started) {
  private static final Pattern NAME = Pattern.compile("(\\d{1,10})-(\\d{1,16})-.*");
  // Operating systems derive a start from a clock that may be set meanwhile.
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  static Owner current() {
    var process = ProcessHandle.current();
    return new Owner(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  static Optional<Owner> of(Path folder) {
    var match = NAME.matcher(String.valueOf(folder.getFileName()));
    return match.matches()
        ? Optional.of(
            new Owner(
                Long.parseLong(match.group(1)),
                Instant.ofEpochMilli(Long.parseLong(match.group(2)))))
        : Optional.empty();
  }

  /** The beginning of a folder's name. */
  String name() {
    return "%d-%d".formatted(pid, started.toEpochMilli());
  }

  boolean isAlive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(process -> process.info().startInstant().orElse(Instant.EPOCH))
        .filter(start -> Duration.between(start, started).abs().compareTo(TOLERANCE) < 0)
        .isPresent();
  }
}
