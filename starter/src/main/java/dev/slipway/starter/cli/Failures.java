package dev.slipway.starter.cli;

import dev.slipway.activities.environment.BrokenLedgerException;
import dev.slipway.starter.local.TroubleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Tells how a command failed: people on the error stream, and programs that asked for JSON on the
 * output as well, so that what they read there is never nothing.
 */
final class Failures implements IExecutionExceptionHandler {
  private final Surroundings surroundings;

  Failures(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** What programs read. */
  record Answer(Failure error) {}

  /**
   * A failure.
   *
   * @param message what happened, one line
   * @param hint what the person can do; null when nobody knows
   */
  record Failure(String message, @Nullable String hint, int exitCode) {}

  @Override
  public int handleExecutionException(Exception thrown, CommandLine line, ParseResult parsed) {
    var exitCode = tell(failure(thrown), parsed.originalArgs());
    if (surroundings.env().containsKey("SLIPWAY_DEBUG")) {
      thrown.printStackTrace(surroundings.terminal().err());
    }
    return exitCode;
  }

  /**
   * Tells a failure.
   *
   * @param arguments as they were typed
   * @return the exit code
   */
  int tell(Failure failure, List<String> arguments) {
    if (arguments.contains("--json")) {
      surroundings.printJson(new Answer(failure));
    }
    surroundings.remark("slipway: " + failure.message());
    if (failure.hint() != null) {
      surroundings.remark("  " + failure.hint());
    }
    return failure.exitCode();
  }

  private Failure failure(Exception thrown) {
    return switch (thrown) {
      case TroubleException trouble -> of(trouble);
      case InterruptedException ignored -> new Failure("interrupted", null, 130);
      case BrokenLedgerException broken -> new Failure(broken.happened(), broken.advice(), 1);
      case IOException io -> io(io.getMessage());
      case UncheckedIOException io -> io(io.getMessage());
      default -> new Failure("a defect of slipway: " + thrown, "SLIPWAY_DEBUG=1 shows where", 1);
    };
  }

  private static Failure of(TroubleException trouble) {
    return new Failure(
        String.valueOf(trouble.getMessage()),
        trouble.advice().isBlank() ? null : trouble.advice(),
        trouble.exitCode());
  }

  private Failure io(@Nullable String message) {
    return new Failure(
        "reading or writing failed: " + message,
        "check the disk and the permissions of " + surroundings.home().folder(),
        1);
  }
}
