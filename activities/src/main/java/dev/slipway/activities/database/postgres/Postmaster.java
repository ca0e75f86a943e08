package dev.slipway.activities.database.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server wrote into its data folder's {@code postmaster.pid}, which outlives it when it is
 * killed.
 */
record Postmaster(long pid, int port) {
  private static final String FILE = "postmaster.pid";
  private static final int PORT_LINE = 3;

  /** What the file says, if a server wrote it. */
  static Optional<Postmaster> of(Path data) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(data.resolve(FILE));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      return lines.size() > PORT_LINE
          ? Optional.of(
              new Postmaster(
                  Long.parseLong(lines.getFirst().strip()),
                  Integer.parseInt(lines.get(PORT_LINE).strip())))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The server that uses this data folder now. */
  static Optional<Postmaster> running(Path data) throws IOException {
    return of(data).filter(postmaster -> postmaster.process().isPresent());
  }

  /** Its process, unless it ended and another program has its number now. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().command().map(Postmaster::isPostgres).orElse(false));
  }

  /**
   * Removes the file of a server that is gone when another program has its number, which PostgreSQL
   * would take for a running server.
   */
  static void removeStale(Path data) throws IOException {
    if (running(data).isEmpty()) {
      Files.deleteIfExists(data.resolve(FILE));
    }
  }

  private static boolean isPostgres(String command) {
    return command.endsWith("/postgres") || command.endsWith("/postgres (deleted)");
  }
}
