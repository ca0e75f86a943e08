package dev.slipway.activities.process;

import dev.slipway.action.Durations;
import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One program from its start until nothing of it is left. */
final class StartedProgram implements AutoCloseable {
  /** Where a program's error output goes. */
  enum Errors {
    MERGED,
    APART
  }

  /** An output that a process far away still holds open is not waited for any longer. */
  private static final Duration READERS_END = Duration.ofSeconds(5);

  private final Command command;
  private final Process process;
  private final Errors errors;
  private final StepMarker marker;
  private final Duration grace;
  private final long started = System.nanoTime();
  private final List<Thread> readers = new ArrayList<>();
  private final CompletableFuture<Process> ended = new CompletableFuture<>();
  private volatile @Nullable Exception readFailure;

  private StartedProgram(
      Command command, Process process, Errors errors, StepMarker marker, Duration grace) {
    this.command = command;
    this.process = process;
    this.errors = errors;
    this.marker = marker;
    this.grace = grace;
  }

  static StartedProgram start(
      Command command,
      Map<String, String> variables,
      Errors errors,
      StepMarker marker,
      Duration grace)
      throws StepFailedException {
    return new StartedProgram(
        command, Launch.start(command, variables, errors), errors, marker, grace);
  }

  void readOutput(ProcessRunner.OutputReader reader) {
    read(process.getInputStream(), reader);
  }

  void readErrors(ProcessRunner.OutputReader reader) {
    read(process.getErrorStream(), reader);
  }

  /** Waits for the program's own end, then ends what it left behind. */
  ProcessExit await(OutputLines lines) throws StepFailedException, InterruptedException {
    var _ = process.onExit().thenAccept(ended::complete);
    try {
      if (command.limit() == null) {
        ended.get();
      } else {
        ended.get(command.limit().toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (TimeoutException e) {
      close();
      throw new StepFailedException(
          FailureType.TIMEOUT,
          "`%s` took longer than %s and was stopped"
              .formatted(command.program(), Durations.text(command.limit())),
          "See what it waited for in the log, or allow it more time.",
          e);
    } catch (ExecutionException e) {
      throw unreadable(Objects.requireNonNullElse(readFailure, e));
    }
    var took = Duration.ofNanos(System.nanoTime() - started);
    close();
    joinReaders();
    var failed = readFailure;
    if (failed != null) {
      throw unreadable(failed);
    }
    return new ProcessExit(process.exitValue(), took, lines.lastLines());
  }

  /** Ends the program and everything that it started. */
  @Override
  public void close() throws StepFailedException {
    var left = Ending.end(this::processes, grace);
    if (!left.isEmpty()) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "`%s` was stopped, but these processes could not be ended: %s"
              .formatted(
                  command.program(),
                  left.stream()
                      .map(handle -> Long.toString(handle.pid()))
                      .collect(Collectors.joining(", "))),
          "Look at them on the worker; nothing else is done there by this step.");
    }
  }

  private Stream<ProcessHandle> processes() {
    var tree = Stream.concat(Stream.of(process.toHandle()), process.descendants());
    var marked =
        SystemProcesses.marked(
            found ->
                found.store().equals(marker.store())
                    && found.key().equals(marker.key())
                    && found.attempt().equals(marker.attempt())
                    && found.program() == marker.program());
    return Stream.concat(tree, marked);
  }

  private void read(InputStream output, ProcessRunner.OutputReader reader) {
    readers.add(
        Thread.ofPlatform()
            .daemon()
            .name("output of " + command.program())
            .start(
                () -> {
                  try {
                    reader.read(output);
                  } catch (IOException | RuntimeException e) {
                    readFailure = e;
                    ended.completeExceptionally(e);
                  }
                }));
  }

  private void joinReaders() throws InterruptedException {
    for (var reader : readers) {
      if (!reader.join(READERS_END) && errors == Errors.APART) {
        readFailure = new IOException("a process that left holds it open");
      }
    }
  }

  private StepFailedException unreadable(Exception why) {
    return new StepFailedException(
        FailureType.INFRASTRUCTURE,
        "the output of `%s` could not be read: %s".formatted(command.program(), why.getMessage()),
        "See the log for what it said.",
        why);
  }
}
