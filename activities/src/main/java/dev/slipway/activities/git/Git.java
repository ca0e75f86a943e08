package dev.slipway.activities.git;

import dev.slipway.action.FailureType;
import dev.slipway.activities.process.BaseEnvironment;
import dev.slipway.activities.process.Command;
import dev.slipway.activities.process.ProcessOutput;
import dev.slipway.activities.process.ProcessRunner;
import dev.slipway.activities.process.ProcessRunner.OutputReader;
import dev.slipway.activities.process.StepMarker;
import dev.slipway.step.StepFailedException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Runs the machine's git, which knows the user's credentials and proxies. A repository's own hooks
 * and helpers don't run, nothing asks at a prompt, and no transport runs a program.
 */
public final class Git {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int MOST_OUTPUT = 4 << 20;
  private static final List<String> SAFE =
      List.of(
          "git",
          "-c",
          "core.hooksPath=/dev/null",
          "-c",
          "core.fsmonitor=false",
          "-c",
          "protocol.ext.allow=never",
          "-c",
          "safe.directory=*",
          "-c",
          "log.showSignature=false",
          "-c",
          "gc.auto=0",
          "-c",
          "core.quotePath=false");
  private static final Map<String, String> QUIET =
      Map.of(
          "GIT_TERMINAL_PROMPT", "0",
          "GIT_OPTIONAL_LOCKS", "0",
          "GIT_ALLOW_PROTOCOL", "file:git:http:https:ssh",
          "LC_ALL", "C");
  private static final List<String> OF_NOBODY = List.of("-c", "core.attributesFile=/dev/null");
  private static final Map<String, String> NOBODY =
      Map.of(
          "GIT_CONFIG_GLOBAL", "/dev/null",
          "GIT_CONFIG_NOSYSTEM", "1",
          "GIT_ATTR_NOSYSTEM", "1",
          "GIT_NO_LAZY_FETCH", "1");

  private final ProcessRunner runner;
  private final List<String> options;
  private final Map<String, String> variables;

  /**
   * @param store identity of the store, which marks the processes
   * @param temp an existing folder for git's temporary files
   */
  public Git(String store, Path temp) {
    this(store, temp, BaseEnvironment.ofThisProcess());
  }

  Git(String store, Path temp, BaseEnvironment environment) {
    this(
        new ProcessRunner(
            StepMarker.of(store, "git", UUID.randomUUID().toString()), environment, temp),
        SAFE,
        QUIET);
  }

  private Git(ProcessRunner runner, List<String> options, Map<String, String> variables) {
    this.runner = runner;
    this.options = options;
    this.variables = variables;
  }

  /**
   * The same git without anybody's settings, so that it answers alike on every machine. It can't
   * reach other repositories, as it knows no credentials.
   */
  Git withoutSettings() {
    var all = new ArrayList<>(options);
    all.addAll(OF_NOBODY);
    var more = new HashMap<>(variables);
    more.putAll(NOBODY);
    return new Git(runner, List.copyOf(all), Map.copyOf(more));
  }

  /** What git answers in this folder; its exit code is the caller's to judge. */
  ProcessOutput ask(Path folder, List<String> arguments)
      throws StepFailedException, InterruptedException {
    var errors = new ArrayList<String>();
    var output = runner.capture(command(folder, arguments), MOST_OUTPUT, errors::add);
    return output.exit().isSuccess() || errors.isEmpty()
        ? output
        : new ProcessOutput(output.exit(), String.join("\n", errors));
  }

  /** What git answers, when anything but success is a failure. */
  String must(Path folder, FailureType otherwise, String doing, List<String> arguments)
      throws StepFailedException, InterruptedException {
    var output = ask(folder, arguments);
    if (!output.exit().isSuccess()) {
      throw new StepFailedException(
          otherwise,
          "git could not %s: %s".formatted(doing, firstLine(output.text())),
          byHand(arguments));
    }
    return output.text();
  }

  /**
   * A file as a commit has it.
   *
   * @param most how many bytes are answered of a file that has more
   */
  byte[] file(Path folder, String commit, String path, int most)
      throws StepFailedException, InterruptedException {
    var content = new ByteArrayOutputStream();
    stream(
        folder,
        FailureType.CONFIGURATION,
        "find %s in commit %s".formatted(path, commit.substring(0, 8)),
        output -> {
          content.write(output.readNBytes(most));
          output.transferTo(OutputStream.nullOutputStream());
        },
        List.of("cat-file", "blob", commit + ":" + path));
    return content.toByteArray();
  }

  /** Hands git's output on as it comes. */
  void stream(
      Path folder, FailureType otherwise, String doing, OutputReader reader, List<String> arguments)
      throws StepFailedException, InterruptedException {
    var errors = new ArrayList<String>();
    var exit = runner.pipe(command(folder, arguments), reader, errors::add);
    if (!exit.isSuccess()) {
      throw new StepFailedException(
          otherwise,
          "git could not %s: %s".formatted(doing, firstLine(String.join("\n", errors))),
          byHand(arguments));
    }
  }

  private Command command(Path folder, List<String> arguments) {
    var all = new ArrayList<>(options);
    all.addAll(arguments);
    return Command.of(folder, all).withEnv(variables).within(LONGEST);
  }

  /** What a person can do to see more. */
  static String byHand(List<String> arguments) {
    return RepositoryUrl.masked("Try it by hand: git " + String.join(" ", arguments));
  }

  /** What git said, without credentials: its own settings can put some into a URL that had none. */
  static String firstLine(String text) {
    return RepositoryUrl.masked(text)
        .lines()
        .filter(line -> line.startsWith("fatal:") || line.startsWith("error:"))
        .findFirst()
        .or(() -> text.lines().filter(line -> !line.isBlank()).findFirst())
        .orElse("it said nothing");
  }
}
