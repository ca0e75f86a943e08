package dev.slipway.activities.npm;

import dev.slipway.activities.home.Home;
import dev.slipway.activities.process.Command;
import dev.slipway.activities.step.StepContext;
import dev.slipway.step.StepFailedException;
import java.util.List;
import java.util.Map;

/** Prepares a script of package.json, so that it only has to be run. */
final class NpmScripts {
  private final Toolchain toolchain = new Toolchain();
  private final DependencyCache cache;

  NpmScripts(Home home) {
    this.cache = new DependencyCache(home);
  }

  /**
   * Checks the project and installs its dependencies.
   *
   * @param variables for the script alone, besides the step's
   * @return the command that runs the script
   */
  Command prepare(StepContext step, String script, Map<String, String> variables)
      throws StepFailedException, InterruptedException {
    var directory = step.directory();
    var project = NpmProject.read(directory);
    project.requireScript(script);
    if (project.isSelfContained()) {
      cache.provide(step, project, toolchain.describe(step.processes(), directory, step.env()));
    } else {
      step.log()
          .line(
              "dependencies are installed in place: workspaces, local packages and install scripts"
                  + " of the project itself can't be cached");
      step.log().progress("installing dependencies");
      NpmInstall.run(step, directory);
    }
    step.log().progress("npm run " + script);
    return Command.of(directory, List.of("npm", "run", script))
        .withEnv(Map.of("CI", "true"))
        .withEnv(step.env())
        .withEnv(variables);
  }
}
