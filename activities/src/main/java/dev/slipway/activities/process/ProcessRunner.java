package dev.slipway.activities.process;

import dev.slipway.step.StepFailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Runs the programs of one attempt: an argument list and never a shell, an environment from a list,
 * nothing to read, output read to its end. When a program ends, is stopped or takes too long,
 * everything that it started is ended as well, daemons included.
 *
 * <p>On Linux a process is found by its ancestors and by a marker in its environment; one that
 * clears its environment and leaves its ancestors is not found.
 *
 * <p>Every method fails with a {@link StepFailedException}: CONFIGURATION when the program can't be
 * found, INFRASTRUCTURE when it can't be started or ended, TIMEOUT past the command's limit. All
 * may be called by several threads at once.
 */
public final class ProcessRunner {
  private final StepMarker marker;
  private final BaseEnvironment environment;
  private final Path temp;
  private final Duration grace;
  private final long mostOutput;
  private final AtomicLong programs = new AtomicLong();

  /**
   * @param temp a folder for the programs' temporary files, which exists
   */
  public ProcessRunner(StepMarker marker, BaseEnvironment environment, Path temp) {
    this(marker, environment, temp, Ending.GRACE, OutputLines.MOST_BYTES);
  }

  ProcessRunner(
      StepMarker marker, BaseEnvironment environment, Path temp, Duration grace, long mostOutput) {
    this.marker = marker;
    this.environment = environment;
    this.temp = temp;
    this.grace = grace;
    this.mostOutput = mostOutput;
  }

  /** Runs a program and hands on its output and errors, line by line, as they come. */
  public ProcessExit run(Command command, Consumer<String> lines)
      throws StepFailedException, InterruptedException {
    var output = new OutputLines(lines, mostOutput);
    try (var program = start(command, StartedProgram.Errors.MERGED)) {
      program.readOutput(output::readAll);
      return program.await(output);
    }
  }

  /**
   * Runs a program whose output is data.
   *
   * @param most how many bytes the output may have; a program that prints more fails
   * @param errors gets the lines of its error output
   */
  public ProcessOutput capture(Command command, int most, Consumer<String> errors)
      throws StepFailedException, InterruptedException {
    var bytes = new ByteArrayOutputStream();
    var exit =
        pipe(
            command,
            output -> {
              bytes.write(output.readNBytes(most));
              if (output.read() >= 0) {
                throw new IOException("it printed more than %d bytes".formatted(most));
              }
            },
            errors);
    return new ProcessOutput(exit, bytes.toString(StandardCharsets.UTF_8));
  }

  /**
   * Runs a program whose output is read as it comes.
   *
   * @param reader reads it to its end; when it fails, the program is stopped
   * @param errors gets the lines of its error output
   */
  public ProcessExit pipe(Command command, OutputReader reader, Consumer<String> errors)
      throws StepFailedException, InterruptedException {
    var lines = new OutputLines(errors, mostOutput);
    try (var program = start(command, StartedProgram.Errors.APART)) {
      program.readOutput(reader);
      program.readErrors(lines::readAll);
      return program.await(lines);
    }
  }

  private StartedProgram start(Command command, StartedProgram.Errors errors)
      throws StepFailedException {
    var variables = environment.with(temp);
    variables.putAll(command.env());
    var own = marker.ofProgram(programs.incrementAndGet());
    variables.putAll(own.variables());
    return StartedProgram.start(command, variables, errors, own, grace);
  }

  /** Reads a program's output. */
  @FunctionalInterface
  public interface OutputReader {
    void read(InputStream output) throws IOException;
  }
}
