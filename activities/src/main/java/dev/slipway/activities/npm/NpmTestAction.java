package dev.slipway.activities.npm;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.CommandSpecs;
import dev.slipway.action.FailureType;
import dev.slipway.activities.command.ReportedCommand;
import dev.slipway.activities.command.ReportedCommand.Demand;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.report.Reports;
import dev.slipway.activities.report.UnreadableReportException;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
            named.isEmpty() ? usualNames(command.directory()) : named,
            demand(params.flag("coverage", false), !named.isEmpty()))
        .perform(step);
  }

  private static List<String> usualNames(Path directory)
      throws StepFailedException, InterruptedException {
    try {
      return Reports.usualNames(directory);
    } catch (UnreadableReportException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the projects of the step's directory can't be found: " + e.getMessage(),
          "Name the reports that count in `params.reports`.",
          e);
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the step's directory can't be read: " + e.getMessage(),
          "Look at the worker's disk.",
          e);
    }
  }

  private static Demand demand(boolean coverage, boolean named) {
    return coverage ? Demand.COVERAGE : named ? Demand.ANY_REPORT : Demand.NONE;
  }
}
