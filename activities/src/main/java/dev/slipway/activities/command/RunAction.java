package dev.slipway.activities.command;

import dev.slipway.action.ActionSpec;
import dev.slipway.action.CommandSpecs;
import dev.slipway.action.FailureType;
import dev.slipway.activities.process.Command;
import dev.slipway.activities.step.Action;
import dev.slipway.activities.step.StepContext;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;

/** Runs any command in the step's directory. */
public final class RunAction implements Action {
  private static final int LONGEST_SHOWN = 120;

  @Override
  public ActionSpec spec() {
    return CommandSpecs.RUN;
  }

  @Override
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    var arguments = step.params().texts("command");
    if (arguments.isEmpty() || arguments.getFirst().isBlank()) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "`params.command` is empty",
          "Write the program and its arguments as a list: `[make, test]`.");
    }
    var reports = step.params().texts("reports");
    var command = Command.of(step.directory(), arguments).withEnv(step.env());
    var reported =
        new ReportedCommand(
            command,
            shown(step),
            FailureType.BUILD_FAILED,
            reports,
            reports.isEmpty() ? ReportedCommand.Demand.NONE : ReportedCommand.Demand.ANY_REPORT);
    var outcome = reported.perform(step);
    return Output.keepWith(outcome, step);
  }

  /** As the pipeline file has it, so that no secret is in it. */
  private static String shown(StepContext step) {
    var line = String.join(" ", step.request().params().texts("command"));
    return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "…" : line;
  }
}
