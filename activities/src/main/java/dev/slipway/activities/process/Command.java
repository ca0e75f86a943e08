package dev.slipway.activities.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program to run.
 *
 * @param arguments the program and what it is given; nothing in them is read by a shell
 * @param directory where it works
 * @param env variables besides those of {@link BaseEnvironment}
 * @param limit how long it may take; null leaves that to whoever interrupts
 * @param input a file that it reads as its standard input; null for none
 */
public record Command(
    List<String> arguments,
    Path directory,
    Map<String, String> env,
    @Nullable Duration limit,
    @Nullable Path input) {
  public Command {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
    arguments = List.copyOf(arguments);
    env = new LinkedHashMap<>(env);
  }

  /** A program without further variables and limit. */
  public static Command of(Path directory, String... arguments) {
    return of(directory, List.of(arguments));
  }

  /** A program without further variables and limit. */
  public static Command of(Path directory, List<String> arguments) {
    return new Command(arguments, directory, Map.of(), null, null);
  }

  /** The same with these variables besides those it has. */
  public Command withEnv(Map<String, String> more) {
    var all = new LinkedHashMap<>(env);
    all.putAll(more);
    return new Command(arguments, directory, all, limit, input);
  }

  /** The same with a time limit, after which everything it started is ended. */
  public Command within(Duration most) {
    return new Command(arguments, directory, env, most, input);
  }

  /** The same in another folder. */
  public Command in(Path folder) {
    return new Command(arguments, folder, env, limit, input);
  }

  /** The same with a file as its standard input. */
  public Command reading(Path file) {
    return new Command(arguments, directory, env, limit, file);
  }

  /** The program as it was written. */
  public String program() {
    return arguments.getFirst();
  }
}
