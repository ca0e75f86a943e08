package dev.slipway.activities.process;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;

/** Starts a program, or says what a person can do about it. */
final class Launch {
  private static final Path NULL_DEVICE = Path.of("/dev/null");

  // Java tells the system's error number in the message alone.
  private static final Pattern ERROR_NUMBER = Pattern.compile("error[=:] ?(\\d+)");
  private static final String NO_SUCH_FILE = "2";
  private static final String TOO_LONG = "7";

  private Launch() {}

  static Process start(Command command, Map<String, String> variables, StartedProgram.Errors errors)
      throws StepFailedException {
    if (!Files.isDirectory(command.directory())) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "there is no directory `%s` to run `%s` in"
              .formatted(command.directory(), command.program()),
          "Check the step's `directory`.");
    }
    var program =
        Programs.find(command.program(), command.directory(), variables.getOrDefault("PATH", ""));
    var arguments = new ArrayList<>(command.arguments());
    arguments.set(0, program.toString());
    var builder = new ProcessBuilder(arguments).directory(command.directory().toFile());
    builder.redirectErrorStream(errors == StartedProgram.Errors.MERGED);
    var input = command.input() == null ? NULL_DEVICE : command.input();
    if (command.input() != null || Files.exists(NULL_DEVICE)) {
      builder.redirectInput(input.toFile());
    }
    try {
      builder.environment().clear();
      builder.environment().putAll(variables);
      var process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IllegalArgumentException e) {
      throw configuration(
          "a variable for `%s` can't be set: %s".formatted(command.program(), e.getMessage()),
          "A variable's name has no `=`, and neither name nor value a NUL character.",
          e);
    } catch (IOException e) {
      throw notStarted(command, program, e);
    }
  }

  private static StepFailedException notStarted(Command command, Path program, IOException e) {
    var message = String.valueOf(e.getMessage());
    var error = ERROR_NUMBER.matcher(message);
    var number = error.find() ? error.group(1) : "";
    if (number.equals(NO_SUCH_FILE)) {
      return configuration(
          "`%s` could not be started: the interpreter in its first line is not there"
              .formatted(program),
          "Install that interpreter on the worker, or mend the first line (`#!…`, without a"
              + " carriage return).",
          e);
    }
    if (number.equals(TOO_LONG)) {
      return configuration(
          "`%s` could not be started: its arguments and variables are too long"
              .formatted(command.program()),
          "Hand them over in a file.",
          e);
    }
    if (message.contains("null character")) {
      return configuration(
          "an argument of `%s` has a NUL character".formatted(command.program()),
          "No program can be given such an argument.",
          e);
    }
    return new StepFailedException(
        FailureType.INFRASTRUCTURE,
        "`%s` could not be started: %s".formatted(program, message),
        "Look at the worker's limits: processes, memory, file handles.",
        e);
  }

  private static StepFailedException configuration(String happened, String advice, Exception e) {
    return new StepFailedException(FailureType.CONFIGURATION, happened, advice, e);
  }
}
