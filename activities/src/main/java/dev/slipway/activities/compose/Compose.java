package dev.slipway.activities.compose;

import dev.slipway.action.FailureType;
import dev.slipway.activities.archive.ArchiveLimits;
import dev.slipway.activities.archive.TarUnpacker;
import dev.slipway.activities.process.Command;
import dev.slipway.activities.process.ProcessExit;
import dev.slipway.activities.process.ProcessOutput;
import dev.slipway.activities.step.StepContext;
import dev.slipway.step.StepFailedException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The program {@code docker} with its plugin {@code compose}, for one project. */
final class Compose {
  private static final int MOST_CONFIG_BYTES = 4 << 20;
  private static final int MOST_ANSWER_BYTES = 64 * 1024;
  private static final String MOST_LINES = "2000";
  private static final ArchiveLimits REPORTS = new ArchiveLimits(20_000, 512L << 20);

  private final StepContext step;
  private final Path directory;
  private final Map<String, String> env;
  private final String project;

  /**
   * @param directory where the step's files are
   * @param env variables besides those that every program gets
   */
  Compose(StepContext step, Path directory, Map<String, String> env, String project) {
    this.step = step;
    this.directory = directory;
    this.env = env;
    this.project = project;
  }

  /** The name of the test's container. */
  String container() {
    return project + "-test";
  }

  /**
   * @throws StepFailedException CONFIGURATION when the program or its plugin is not there
   */
  void mustBeThere() throws StepFailedException, InterruptedException {
    try {
      var version =
          step.processes()
              .capture(
                  docker(List.of("compose", "version", "--short")),
                  MOST_ANSWER_BYTES,
                  step.log()::line);
      if (version.exit().isSuccess()) {
        step.log().line("Docker Compose " + version.text().strip());
        return;
      }
    } catch (StepFailedException e) {
      throw e.failure().type() == FailureType.CONFIGURATION ? notThere(e) : e;
    }
    throw notThere(null);
  }

  private static StepFailedException notThere(@Nullable StepFailedException cause) {
    var missing =
        new StepFailedException(
            FailureType.CONFIGURATION,
            "`docker compose` does not work on the worker",
            "Install Docker's command line and its plugin compose 2.30 or newer"
                + " (https://docs.docker.com/compose/install), for the worker's user.");
    if (cause != null) {
      missing.initCause(cause);
    }
    return missing;
  }

  /** The file with everything resolved. */
  ComposeFile config(Path file) throws StepFailedException, InterruptedException {
    var errors = new ArrayList<String>();
    var output =
        step.processes()
            .capture(
                compose(file, List.of("config", "--format", "json")),
                MOST_CONFIG_BYTES,
                errors::add);
    errors.forEach(step.log()::line);
    if (!output.exit().isSuccess()) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the compose file `%s` can't be read".formatted(directory.relativize(file)),
          "Docker Compose said:\n  " + String.join("\n  ", last(output.exit())));
    }
    return ComposeFile.read(output.text());
  }

  /** Builds what has to be built. */
  void build(Path resolved) throws StepFailedException, InterruptedException {
    var exit = run(resolved, List.of("build"));
    if (!exit.isSuccess()) {
      throw new StepFailedException(
          FailureType.BUILD_FAILED,
          "an image of the compose file could not be built",
          "The end of what was said:\n  " + String.join("\n  ", last(exit)));
    }
  }

  /** Starts services and waits until they are healthy, or run if they don't say. */
  void up(Path resolved, List<String> services) throws StepFailedException, InterruptedException {
    var arguments = new ArrayList<>(List.of("up", "--detach", "--no-build", "--wait"));
    arguments.addAll(services);
    var exit = run(resolved, arguments);
    if (!exit.isSuccess()) {
      logs(resolved, services);
      throw new StepFailedException(
          FailureType.UNHEALTHY,
          "the services that the test needs did not become healthy: " + String.join(", ", services),
          "Their logs are in the step's log. Docker Compose said:\n  "
              + String.join("\n  ", last(exit)));
    }
  }

  /** Puts what services said into the step's log, each line with its service. */
  void logs(Path resolved, List<String> services) throws StepFailedException, InterruptedException {
    var arguments = new ArrayList<>(List.of("logs", "--no-color", "--tail", MOST_LINES));
    arguments.addAll(services);
    var _ = run(resolved, arguments);
  }

  /** The command that runs the test in a container of that name, and ends with its exit code. */
  Command test(Path resolved, Path reports, String service) {
    var command =
        compose(
            resolved, List.of("run", "--no-TTY", "--use-aliases", "--name", container(), service));
    return command.in(reports);
  }

  /** How the test's container ended. */
  String state() throws StepFailedException, InterruptedException {
    var output = inspect("{{.State.Status}} {{.State.ExitCode}} {{.State.StartedAt}}");
    return output.exit().isSuccess() ? output.text().strip() : "absent";
  }

  /** The folder in which the test's container works. */
  String workingDirectory() throws StepFailedException, InterruptedException {
    var folder = inspect("{{.Config.WorkingDir}}").text().strip();
    return folder.isEmpty() ? "/" : folder;
  }

  /** What the engine says of the test's container. */
  private ProcessOutput inspect(String format) throws StepFailedException, InterruptedException {
    return step.processes()
        .capture(
            docker(List.of("inspect", "--type", "container", "--format", format, container())),
            MOST_ANSWER_BYTES,
            step.log()::line);
  }

  /** Copies a path of the test's container into a folder, if it is there. */
  void copy(String path, Path folder) throws StepFailedException, InterruptedException {
    var exit =
        step.processes()
            .pipe(
                docker(List.of("cp", container() + ":" + path, "-")),
                tar -> {
                  try {
                    if (tar.markSupported()) {
                      tar.mark(1);
                      if (tar.read() < 0) {
                        return;
                      }
                      tar.reset();
                    }
                    TarUnpacker.unpack(tar, folder, REPORTS);
                  } catch (InterruptedException e) {
                    throw new InterruptedIOException("stopped while reports were copied");
                  }
                },
                step.log()::line);
    if (!exit.isSuccess()) {
      step.log().line("`%s` can't be copied out of the test's container".formatted(path));
    }
  }

  private ProcessExit run(Path resolved, List<String> arguments)
      throws StepFailedException, InterruptedException {
    return step.processes().run(compose(resolved, arguments), step.log()::line);
  }

  private Command compose(Path file, List<String> arguments) {
    var all = new ArrayList<>(List.of("compose", "--ansi", "never", "--progress", "plain"));
    all.addAll(List.of("--project-name", project, "--project-directory", directory.toString()));
    all.addAll(List.of("--file", file.toString()));
    all.addAll(arguments);
    return docker(all);
  }

  private Command docker(List<String> arguments) {
    var all = new ArrayList<>(List.of("docker"));
    all.addAll(arguments);
    return Command.of(directory, all).withEnv(env);
  }

  private static List<String> last(ProcessExit exit) {
    var lines = exit.lastLines().stream().filter(line -> !line.isBlank()).toList();
    return lines.subList(Math.max(0, lines.size() - 10), lines.size());
  }
}
