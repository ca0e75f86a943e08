package dev.slipway.activities.npm;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.CommandSpecs;
import dev.slipway.action.FailureType;
import dev.slipway.activities.command.Output;
import dev.slipway.activities.command.ReportedCommand;
import dev.slipway.activities.command.ReportedCommand.Demand;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.util.List;
import java.util.Map;

/** Installs the dependencies that the lock file names and runs a build script. */
public final class NpmBuildAction implements Action {
  private final NpmScripts scripts;

  /**
   * @param home whose cache keeps installed dependencies
   */
  public NpmBuildAction(Home home) {
    this.scripts = new NpmScripts(home);
  }

  @Override
  public ActionSpec spec() {
    return CommandSpecs.NPM_RUN_BUILD;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var script = step.params().text("script", "build");
    var node = Map.of("NODE_ENV", step.params().text("env", "production"));
    var command = scripts.prepare(step, script, node);
    var built =
        new ReportedCommand(
                command, "npm run " + script, FailureType.BUILD_FAILED, List.of(), Demand.NONE)
            .perform(step);
    return Output.keepWith(built.withEvidence(List.of()), step);
  }
}
