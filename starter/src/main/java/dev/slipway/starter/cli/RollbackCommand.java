package dev.slipway.starter.cli;

import dev.slipway.environment.EnvironmentActivities.RollbackChoice;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.Release;
import dev.slipway.environment.RollbackDecider;
import dev.slipway.run.RunInput.Rollback;
import dev.slipway.starter.local.TroubleException;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rollback",
    header = "Take an environment back to an earlier release.",
    description = {
      "Frontend first, then the application; the schema stays where the earlier release is proven",
      "on it. The commit that is taken back is held until it is reverted, or the hold is lifted."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway rollback production            to the newest good release before the live one",
      "  slipway rollback production --to 7     to another one; see: slipway history production",
      "  slipway rollback production --dry-run  say what would happen",
    })
final class RollbackCommand extends SlipwayCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENVIRONMENT",
      description = "Its name, or application/name.")
  private String environment = "";

  @Option(
      names = "--to",
      paramLabel = "RELEASE",
      description = "The release that is to live again.")
  private @Nullable Long to;

  @Option(names = "--dry-run", description = "Say what would happen, and do nothing.")
  private boolean dryRun;

  @Option(names = "--detach", description = "Start the run and return.")
  private boolean detach;

  @Mixin private FollowOptions follow = new FollowOptions();

  RollbackCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** What would happen, as programs read it. */
  record Plan(
      String environment,
      long from,
      long to,
      @Nullable String commit,
      @Nullable String schemaNow,
      @Nullable String schemaThen) {}

  @Override
  int execute() throws TroubleException, IOException, InterruptedException {
    var finder = new EnvironmentFinder(surroundings());
    var found = finder.find(environment);
    var choice = RollbackDecider.decide(finder.environments().ledger(found), found, to);
    if (choice.refusal() != null) {
      throw TroubleException.input(choice.refusal(), "see its releases: slipway history " + found);
    }
    if (dryRun) {
      printPlan(found, choice);
      return 0;
    }
    var run = new RunStart(surroundings()).start(found.application(), new Rollback(found, to));
    if (detach) {
      if (follow.json()) {
        surroundings().printJson(new CancelCommand.Answer(run.toString(), true));
      } else {
        surroundings().print(run.toString());
        surroundings().remark("follow it: slipway watch " + run);
      }
      return 0;
    }
    return new Follower(surroundings(), follow).follow(run);
  }

  private void printPlan(EnvironmentId found, RollbackChoice choice) {
    var from = Objects.requireNonNull(choice.from());
    var back = Objects.requireNonNull(choice.to());
    if (follow.json()) {
      surroundings()
          .printJson(
              new Plan(
                  found.path(),
                  from.number(),
                  back.number(),
                  back.source() == null ? null : back.source().commit(),
                  schema(from),
                  schema(back)));
      return;
    }
    surroundings()
        .print(
            "%s would go from release %d back to release %d%s"
                .formatted(found, from.number(), back.number(), named(back)));
    surroundings()
        .print(
            Objects.equals(from.state().assets(), back.state().assets())
                ? "  what changes: the application"
                : "  what changes: the frontend's entry points, then the application");
    surroundings().print("  schema: " + schemaPlan(from, back));
    if (from.source() != null) {
      surroundings()
          .print(
              "  commit %s is held until it is reverted or lifted"
                  .formatted(from.source().abbreviatedCommit()));
    }
    surroundings().print("nothing was changed");
  }

  private static String schemaPlan(Release from, Release back) {
    if (Objects.equals(from.state().schema(), back.state().schema())) {
      return schema(from) == null ? "there is none" : "stays at version " + schema(from);
    }
    return "version %s now, %s then; it stays if release %d is proven on it, and goes down only"
            .formatted(schema(from), schema(back), back.number())
        + " if that loses nothing";
  }

  private static @Nullable String schema(Release release) {
    return release.state().schema() == null ? null : release.state().schema().version();
  }

  private static String named(Release release) {
    return release.source() == null
        ? ""
        : " (%s %s)".formatted(release.source().abbreviatedCommit(), release.source().subject());
  }
}
