package dev.slipway.activities.database.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts PostgreSQL's programs with an environment of their own. */
final class Programs {
  private static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";

  private Programs() {}

  /** A process that is about to start: no variable of ours reaches it. */
  static ProcessBuilder prepare(List<String> command, Path folder) {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", PATH);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    return builder;
  }

  /**
   * Runs a program to its end.
   *
   * @return what it printed
   */
  static String run(List<String> command, Path folder, Duration limit)
      throws StepFailedException, InterruptedException {
    try {
      var output = Files.createTempFile(folder, "program", ".log");
      try {
        var process = prepare(command, folder).redirectOutput(output.toFile()).start();
        var ended = waitFor(process, limit);
        var text = new String(Files.readAllBytes(output), UTF_8).strip();
        if (!ended || process.exitValue() != 0) {
          throw new StepFailedException(
              FailureType.INFRASTRUCTURE,
              "%s %s: %s"
                  .formatted(
                      name(command),
                      ended ? "ended with " + process.exitValue() : "did not end in " + limit,
                      lastLines(text)),
              "Look at the message; disk space, permissions and missing libraries are usual"
                  + " causes.");
        }
        return text;
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "%s could not be started: %s".formatted(name(command), e.getMessage()),
          "Check that the disk has space and that programs may be executed there.",
          e);
    }
  }

  /** What a program printed, if it exists and ended with 0. */
  static Optional<String> tryRun(List<String> command, Path folder) throws InterruptedException {
    try {
      var process = prepare(command, folder).start();
      process.getOutputStream().close();
      if (!waitFor(process, Duration.ofSeconds(5)) || process.exitValue() != 0) {
        return Optional.empty();
      }
      return Optional.of(new String(process.getInputStream().readAllBytes(), UTF_8).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Where a program stands on the path, if it does. */
  static Optional<Path> find(String program) {
    return List.of(PATH.split(":")).stream()
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The end of a text, short enough for one line. */
  static String lastLines(String text) {
    var lines = text.lines().filter(line -> !line.isBlank()).toList();
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
  }

  private static boolean waitFor(Process process, Duration limit) throws InterruptedException {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      if (process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  private static String name(List<String> command) {
    return command.stream()
        .map(part -> Path.of(part).getFileName())
        .filter(part -> part != null && List.of("initdb", "postgres").contains(part.toString()))
        .map(Path::toString)
        .findFirst()
        .orElse(command.getFirst());
  }
}
