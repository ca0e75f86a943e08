package dev.slipway.activities.npm;

import dev.slipway.action.FailureType;
import dev.slipway.activities.process.Command;
import dev.slipway.activities.process.ProcessRunner;
import dev.slipway.step.StepFailedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which Node.js and npm a step gets; npm is asked once for each Node.js, since it is slow. */
final class Toolchain {
  private static final int MOST_OUTPUT = 4096;

  private final Map<String, String> npmOfNode = new ConcurrentHashMap<>();

  /**
   * Both versions and the platform, as one line.
   *
   * @throws StepFailedException CONFIGURATION when one is not on the worker
   */
  String describe(ProcessRunner processes, Path directory, Map<String, String> env)
      throws StepFailedException, InterruptedException {
    var node = version(processes, directory, env, "node");
    var key = node + " " + env.getOrDefault("PATH", "");
    var npm = npmOfNode.get(key);
    if (npm == null) {
      npm = version(processes, directory, env, "npm");
      npmOfNode.put(key, npm);
    }
    return "node %s, npm %s, %s %s"
        .formatted(node, npm, System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  private static String version(
      ProcessRunner processes, Path directory, Map<String, String> env, String program)
      throws StepFailedException, InterruptedException {
    var output =
        processes.capture(
            Command.of(directory, program, "--version").withEnv(env), MOST_OUTPUT, _ -> {});
    if (!output.exit().isSuccess()) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "`%s --version` ended with code %d".formatted(program, output.exit().code()),
          "Does `%s` work on the worker?".formatted(program));
    }
    return output.text().strip();
  }
}
