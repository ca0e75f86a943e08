package dev.slipway.starter.cli;

import dev.slipway.starter.local.TroubleException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "watch",
    header = "Follow a run to its end.",
    description = "Ends with the exit code that `slipway run` would have. Ctrl-C only detaches.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway watch                   the newest run of this repository's application",
      "  slipway watch 12                its run 12",
      "  slipway watch storefront/12     a run of any application",
    })
final class WatchCommand extends SlipwayCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The newest unless given.")
  private @Nullable String run;

  @Mixin private FollowOptions follow = new FollowOptions();

  WatchCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() throws TroubleException, IOException, InterruptedException {
    var found = new RunFinder(surroundings(), surroundings().index()).find(run);
    return new Follower(surroundings(), follow).follow(found);
  }
}
