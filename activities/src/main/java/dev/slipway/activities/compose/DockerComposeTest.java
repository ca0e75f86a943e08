package dev.slipway.activities.compose;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.ComposeSpecs;
import dev.slipway.action.FailureType;
import dev.slipway.activities.command.ReportedCommand;
import dev.slipway.activities.command.ReportedCommand.Demand;
import dev.slipway.activities.docker.Buildx;
import dev.slipway.activities.docker.EngineObjects;
import dev.slipway.activities.docker.EngineVariables;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepKey;
import dev.slipway.step.StepOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Runs the test service of a compose file beside the services that it needs, in a project of this
 * attempt alone. What is run is the file that was looked at: resolved, checked, labelled.
 */
public final class DockerComposeTest implements Action {
  /** No part of a compose file comes from a repository or registry that nobody has looked at. */
  private static final Map<String, String> FIXED =
      Map.of(
          "COMPOSE_EXPERIMENTAL_GIT_REMOTE", "false",
          "COMPOSE_EXPERIMENTAL_OCI_REMOTE", "false",
          "COMPOSE_BAKE", "false",
          "DOCKER_CLI_HINTS", "false");

  /** Which engine and builder are used, and how, a commit's pipeline file has no say in. */
  private static final List<String> WORKERS_OWN =
      List.of("DOCKER_", "COMPOSE_", "BUILDX_", "BUILDKIT_", "EXPERIMENTAL_BUILDKIT_");

  private static final String BUILDKIT = "DOCKER_BUILDKIT";
  private static final int LONGEST_NAME = 20;

  private final Map<String, String> variables;

  /**
   * @param env of the worker
   */
  public DockerComposeTest(Map<String, String> env) {
    this.variables =
        EngineVariables.of(env, "DOCKER_CONTEXT", BUILDKIT, "BUILDX_BUILDER", "BUILDX_CONFIG");
  }

  @Override
  public ActionSpec spec() {
    return ComposeSpecs.DOCKER_COMPOSE_TEST;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var params = step.params();
    var directory = step.directory();
    var file = inside(step, directory, params.text("composeFile", "docker-compose.test.yml"));
    var project = project(step.request().key());
    var env = new HashMap<>(step.env());
    env.keySet().removeIf(name -> WORKERS_OWN.stream().anyMatch(name::startsWith));
    env.put("COMMIT_SHA", step.request().source().commit());
    env.putAll(variables);
    if (!env.containsKey(BUILDKIT)) {
      env.put(BUILDKIT, Buildx.isThere(step, variables) ? "1" : "0");
    }
    env.putAll(FIXED);
    var compose = new Compose(step, directory, env, project);
    compose.mustBeThere();
    try {
      ComposeSources.check(step.workspace(), directory, file);
      var resolved = compose.config(file);
      new ComposeRules(step.workspace(), project).check(resolved.root());
      var test = resolved.test(params.text("service"));
      var store = step.store().identity();
      var key = step.request().key().path();
      if (resolved.prepare(EngineObjects.labels(store, key))) {
        step.log().line("no port is published: the test reaches each service by its name");
      }
      EngineObjects.removeOfStep(store, key);
      try {
        return tested(step, compose, resolved, test);
      } finally {
        removeAll(step, store, key);
      }
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the compose file can't be prepared: " + e.getMessage(),
          "Look at the worker's disk.",
          e);
    }
  }

  private static StepOutcome tested(
      StepContext step, Compose compose, ComposeFile resolved, String test)
      throws StepFailedException, InterruptedException, IOException {
    var params = step.params();
    var reports = params.texts("reports");
    var paths = paths(reports);
    var file = step.temp().resolve("compose.json");
    Files.write(file, resolved.bytes());
    var folder = Files.createDirectories(step.temp().resolve("test"));
    compose.build(file);
    var others = resolved.others(test);
    if (!others.isEmpty()) {
      compose.up(file, others);
    }
    var demand =
        params.flag("coverage", false)
            ? Demand.COVERAGE
            : reports.isEmpty() ? Demand.NONE : Demand.ANY_REPORT;
    return new ReportedCommand(
            compose.test(file, folder, test),
            "docker compose run " + test,
            FailureType.TESTS_FAILED,
            reports,
            demand)
        .perform(step, () -> fetch(compose, file, others, paths, folder));
  }

  /** An exit code is the test's only when the test's container had one. */
  private static void fetch(
      Compose compose, Path file, List<String> others, List<String> paths, Path folder)
      throws StepFailedException, InterruptedException, IOException {
    if (!others.isEmpty()) {
      compose.logs(file, others);
    }
    var state = compose.state();
    if (!state.startsWith("exited ") || state.contains(" 0001-01-01")) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the test's container did not run to its end (%s)".formatted(state),
          "See in the step's log what Docker Compose said: an image that can't be pulled, a program"
              + " that is not in it, or a service that ended.");
    }
    if (paths.isEmpty()) {
      return;
    }
    var working = compose.workingDirectory();
    for (var path : paths) {
      var parent = folder.resolve(path).normalize().getParent();
      if (parent != null && parent.startsWith(folder)) {
        Files.createDirectories(parent);
        compose.copy(working + "/" + path, parent);
      }
    }
  }

  /** The part of each glob before its first wildcard; the whole of what is no glob. */
  static List<String> paths(List<String> globs) throws StepFailedException {
    var paths = new LinkedHashSet<String>();
    for (var glob : globs) {
      var path = new StringBuilder();
      for (var part : glob.split("/", -1)) {
        if (part.matches(".*[*?\\[{].*")) {
          break;
        }
        path.append(path.isEmpty() ? "" : "/").append(part);
      }
      if (path.isEmpty()) {
        throw new StepFailedException(
            FailureType.CONFIGURATION,
            "`%s` in `params.reports` begins with a wildcard".formatted(glob),
            "Begin with the folder in which the test's container writes its reports, as"
                + " `reports/**/*.xml`.");
      }
      paths.add(path.toString());
    }
    return List.copyOf(paths);
  }

  private static Path inside(StepContext step, Path directory, String name)
      throws StepFailedException, InterruptedException {
    try {
      var file = directory.resolve(name).normalize();
      if (Files.isRegularFile(file)
          && file.toRealPath().startsWith(step.workspace().toRealPath())) {
        return file;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw noFile(name);
    }
    throw noFile(name);
  }

  private static StepFailedException noFile(String name) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "the commit has no compose file `%s`".formatted(name),
        "`params.composeFile` is a path in the step's directory.");
  }

  /** Compose allows lower-case letters, digits, `-` and `_`. */
  static String project(StepKey key) {
    return "slipway-%s-%d-%s-%s"
        .formatted(
            plain(key.application()),
            key.run(),
            plain(key.step()),
            UUID.randomUUID().toString().substring(0, 8));
  }

  private static String plain(String name) {
    var plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
  }

  /** Whoever was stopped relies on it that nothing is left: so a stop does not hurry it. */
  private static void removeAll(StepContext step, String store, String key) {
    var interrupted = Thread.interrupted();
    try {
      EngineObjects.removeOfStep(store, key);
    } catch (StepFailedException e) {
      step.log().line(e.failure().happened() + "; the worker's next start removes it");
    } catch (InterruptedException e) {
      interrupted = true;
      step.log().line("stopped while it removed its containers; the next attempt removes them");
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
