package dev.slipway.starter.cli;

import dev.slipway.starter.client.RunClient.UnknownRunException;
import dev.slipway.starter.local.TroubleException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "cancel",
    header = "Stop a run.",
    description = {
      "Its steps are stopped. The environment that it is changing goes back to what lived there;",
      "earlier ones, which it has released to already, keep what they run."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway cancel 12             run 12 of this repository's application",
      "  slipway cancel storefront/12  a run of any application",
    })
final class CancelCommand extends SlipwayCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The newest unless given.")
  private @Nullable String run;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  CancelCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** What programs read. */
  record Answer(String run, boolean asked) {}

  @Override
  int execute() throws TroubleException, IOException, InterruptedException {
    var index = surroundings().index();
    var found = new RunFinder(surroundings(), index).findToChange(run);
    var ended = index.finalState(found);
    if (ended.isPresent()) {
      throw TroubleException.input(
          "%s has ended already: %s".formatted(found, ended.get().status().text()),
          "see how: slipway status " + found);
    }
    try (var client = surroundings().client()) {
      client.cancel(found);
    } catch (UnknownRunException e) {
      throw new TroubleException(
          TroubleException.Kind.INPUT,
          found + " does not run any more",
          "see how it stands: slipway status " + found,
          e);
    }
    if (json) {
      surroundings().printJson(new Answer(found.toString(), true));
    } else {
      surroundings().print(found + " is asked to stop; see it end: slipway watch " + found);
    }
    return 0;
  }
}
