package dev.slipway.starter.cli;

import dev.slipway.approval.DecisionRequest;
import dev.slipway.starter.client.RunClient.UnknownRunException;
import dev.slipway.starter.local.TroubleException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pause",
    header = "Have a run wait for a person before its next step.",
    description = {
      "What runs goes on to its end. `slipway approve` lets the run go on, `slipway reject` ends it;",
      "the environment that it is changing then goes back. Nobody's answer counts as a no, after the",
      "time that the stage gives to an approval (2 hours unless it says so)."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway pause                                  the newest run",
      "  slipway pause 12 --comment \"errors are rising\"  with a word",
    })
final class PauseCommand extends SlipwayCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The newest unless given.")
  private @Nullable String run;

  @Option(names = "--comment", paramLabel = "TEXT", description = "Why.")
  private @Nullable String comment;

  @Option(names = "--by", paramLabel = "NAME", description = "Who pauses; you unless given.")
  private @Nullable String by;

  @Option(names = "--json", description = "Print the run as JSON.")
  private boolean json;

  PauseCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() throws TroubleException, IOException, InterruptedException {
    var found = new RunFinder(surroundings(), surroundings().index()).findToChange(run);
    var who = by == null ? surroundings().user() : by;
    try (var client = surroundings().client()) {
      var state = client.pause(found, new DecisionRequest(null, who, comment, null));
      if (json) {
        surroundings().printJson(state);
      } else {
        surroundings()
            .print(
                "%s begins no further step; let it go on: slipway approve %s"
                    .formatted(found, found.number()));
      }
      return 0;
    } catch (UnknownRunException e) {
      throw new TroubleException(
          TroubleException.Kind.INPUT, found + " has ended", "see how: slipway status " + found, e);
    }
  }
}
