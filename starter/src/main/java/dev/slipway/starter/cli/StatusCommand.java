package dev.slipway.starter.cli;

import dev.slipway.starter.client.RunSight.Seen;
import dev.slipway.starter.client.RunSight.Unseen;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.view.RunSummary;
import dev.slipway.starter.view.RunTree;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "status",
    header = "Say how a run stands.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway status                  the newest run of this repository's application",
      "  slipway status storefront/12    a run of any application",
      "  slipway status 12 --json        everything about it, for programs",
    })
final class StatusCommand extends SlipwayCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The newest unless given.")
  private @Nullable String run;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  StatusCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() throws TroubleException, IOException, InterruptedException {
    var found = new RunFinder(surroundings(), surroundings().index()).find(run);
    try (var reader = surroundings().reader()) {
      switch (reader.look(found)) {
        case Seen seen -> print(seen);
        case Unseen unseen -> print(unseen);
      }
    }
    return 0;
  }

  private void print(Seen seen) throws InterruptedException {
    var paint = surroundings().terminal().paint();
    if (json) {
      surroundings().printJson(seen.state());
    } else if (seen.state().status().isOutcome()) {
      surroundings()
          .print(RunSummary.lines(seen.state(), paint, surroundings().terminal().columns()));
      surroundings().print(seen.state().problems());
    } else {
      surroundings().print(RunTree.lines(seen.state(), Instant.now(), paint, Map.of()));
    }
  }

  private void print(Unseen unseen) {
    var id = unseen.record().input().id();
    var word = unseen.reason().name().toLowerCase(Locale.ROOT);
    if (json) {
      surroundings().printJson(new Answer(id.toString(), word, unseen.why()));
    } else {
      surroundings().print("%s  %s: %s".formatted(id, word, unseen.why()));
      surroundings().print("  " + unseen.advice());
    }
  }

  /** What programs read of a run that can't be seen. */
  record Answer(String run, String status, String why) {}
}
