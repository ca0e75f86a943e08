package dev.slipway.activities.npm;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.CommandSpecs;
import dev.slipway.action.FailureType;
import dev.slipway.activities.command.ReportedCommand;
import dev.slipway.activities.command.ReportedCommand.Demand;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.report.Reports;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.util.Map;

/** Installs the dependencies that the lock file names, runs a test script and reads its reports. */
public final class NpmTestAction implements Action {
  private final NpmScripts scripts;

  /**
   * @param home whose cache keeps installed dependencies
   */
  public NpmTestAction(Home home) {
    this.scripts = new NpmScripts(home);
  }

  @Override
  public ActionSpec spec() {
    return CommandSpecs.NPM_RUN_TEST;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var params = step.params();
    var script = params.text("script", "test");
    var named = params.texts("reports");
    var command = scripts.prepare(step, script, Map.of());
    return new ReportedCommand(
            command,
            "npm run " + script,
            FailureType.TESTS_FAILED,
            named.isEmpty() ? Reports.USUAL_NAMES : named,
            demand(params.flag("coverage", false), !named.isEmpty()))
        .perform(step);
  }

  private static Demand demand(boolean coverage, boolean named) {
    return coverage ? Demand.COVERAGE : named ? Demand.ANY_REPORT : Demand.NONE;
  }
}
