package dev.slipway.starter.cli;

import dev.slipway.pipeline.RunId;
import dev.slipway.run.RunInput.Deliver;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.source.Commit;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    header = "Take a commit through its pipeline.",
    description = {
      "Takes the current commit of this repository, or another, and follows the run to its end.",
      "Changes that are not committed are not part of it. Ctrl-C only stops following."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:succeeded",
      "1:failed or blocked",
      "2:wrong input; nothing was started",
      "3:rejected, or nobody answered in time",
      "4:went wrong in an environment and was rolled back",
      "5:went wrong, and so did the way back: look now",
      "6:cancelled",
      "130:detached by Ctrl-C; the run goes on"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway run                                  the current commit",
      "  slipway run --commit v1.4                    a tag, a branch or a hash",
      "  slipway run --repo https://host/shop.git     a repository elsewhere",
      "  slipway run --detach                         start it and return",
    })
final class RunCommand extends SlipwayCommand {
  @Option(
      names = "--repo",
      paramLabel = "DIR-OR-URL",
      description = "The repository; the one around this folder unless given.")
  private String repository = ".";

  @Mixin private CommitOptions options = new CommitOptions();

  @Option(names = "--detach", description = "Start the run and return.")
  private boolean detach;

  @Mixin private FollowOptions follow = new FollowOptions();

  RunCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() throws TroubleException, IOException, InterruptedException {
    var commit = options.read(surroundings(), repository);
    var told = new CommitTold(surroundings());
    var pipeline = told.valid(commit);
    told.ofUncommitted(commit);
    new HoldWarning(surroundings()).lines(pipeline, commit).forEach(surroundings()::remark);
    var run =
        new RunStart(surroundings())
            .start(
                pipeline.application(),
                new Deliver(commit.repository(), commit.hash(), commit.path()));
    return detach ? detached(run, commit) : new Follower(surroundings(), follow).follow(run);
  }

  private int detached(RunId run, Commit commit) {
    if (follow.json()) {
      surroundings().printJson(new Started(run.toString(), commit.hash()));
    } else {
      surroundings().print("%s  %s".formatted(run, commit.abbreviated()));
      surroundings().remark("follow it: slipway watch " + run);
    }
    return 0;
  }

  /** What programs read. */
  record Started(String run, String commit) {}
}
