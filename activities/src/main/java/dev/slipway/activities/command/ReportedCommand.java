package dev.slipway.activities.command;

import dev.slipway.action.FailureType;
import dev.slipway.activities.process.Command;
import dev.slipway.activities.process.ProcessExit;
import dev.slipway.activities.report.ReportSet;
import dev.slipway.activities.report.Reports;
import dev.slipway.activities.report.UnreadableReportException;
import dev.slipway.activities.step.StepContext;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepOutcome;
import java.io.IOException;
import java.util.List;

/**
 * Runs a command that may write reports, and believes the worse of its exit code and what they say.
 *
 * @param command what is run
 * @param shown the command as people know it
 * @param failed what its exit code means when no report tells more
 * @param reports paths and globs in the step's directory
 * @param demand what must be there afterwards
 */
public record ReportedCommand(
    Command command, String shown, FailureType failed, List<String> reports, Demand demand) {
  /** Which reports must be there after the command. */
  public enum Demand {
    /** None: the exit code is evidence too. */
    NONE,
    /** Some, since the step names them. */
    ANY_REPORT,
    /** One with coverage. */
    COVERAGE
  }

  /** What is done between a command's end and the reading of its reports. */
  @FunctionalInterface
  public interface Fetch {
    /** Brings reports into the command's directory; a failure counts more than the exit code. */
    void reports() throws StepFailedException, InterruptedException, IOException;
  }

  /** Runs it to its end; it writes its reports where they are read. */
  public StepOutcome perform(StepContext step) throws StepFailedException, InterruptedException {
    return perform(step, () -> {});
  }

  /**
   * Runs it to its end.
   *
   * @return with evidence, and the reports as the artifact {@code <step>-reports}
   * @throws StepFailedException with the evidence there is: TESTS_FAILED when tests failed, none
   *     ran, or a report is missing or unreadable; otherwise, as {@link #failed} says
   */
  public StepOutcome perform(StepContext step, Fetch fetch)
      throws StepFailedException, InterruptedException {
    try {
      var watched = Reports.before(command.directory(), reports);
      var exit = step.processes().run(command, step.log()::line);
      fetch.reports();
      if (!exit.isSuccess()) {
        throw Verdict.failed(this, exit, whatCanBeRead(watched, step));
      }
      return judged(step, watched.after(step.log()::line), exit);
    } catch (UnreadableReportException e) {
      throw new StepFailedException(
          FailureType.TESTS_FAILED,
          String.valueOf(e.getMessage()),
          "What can't be read can't pass. Does the command write it to its end?",
          e);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the reports of `%s` can't be read: %s".formatted(shown, e.getMessage()),
          "Look at the worker's disk.",
          e);
    }
  }

  /** A command that failed may have left half a report; its failure is the news. */
  private static ReportSet whatCanBeRead(Reports watched, StepContext step)
      throws IOException, InterruptedException {
    try {
      return watched.after(step.log()::line);
    } catch (UnreadableReportException e) {
      step.log().line(String.valueOf(e.getMessage()));
      return ReportSet.NONE;
    }
  }

  private StepOutcome judged(StepContext step, ReportSet found, ProcessExit exit)
      throws StepFailedException, InterruptedException, IOException {
    Verdict.check(this, found);
    found
        .evidence()
        .forEach(
            evidence -> step.log().line("%s: %s".formatted(evidence.source(), evidence.summary())));
    var outcome =
        StepOutcome.of(Verdict.summary(this, found, exit))
            .withEvidence(Verdict.evidence(this, found));
    return found.files().isEmpty()
        ? outcome
        : outcome.withArtifacts(List.of(KeptReports.keep(step, command.directory(), found)));
  }
}
