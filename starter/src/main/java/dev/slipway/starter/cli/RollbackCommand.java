package dev.slipway.starter.cli;

import dev.slipway.activities.environment.Ledger;
import dev.slipway.activities.environment.RollbackChooser;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.Release;
import dev.slipway.run.RunId;
import dev.slipway.run.RunInput;
import dev.slipway.run.RunInput.Rollback;
import dev.slipway.run.RunRecord;
import dev.slipway.starter.local.TroubleException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
      "Entry points, application and, only if it must and can, the schema. It comes before every",
      "waiting run. What is rolled back is held until it is reverted or the hold is lifted."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway rollback production             to the newest good release before the live one",
      "  slipway rollback production --to 7      to release 7",
      "  slipway rollback production --dry-run   only say what would happen",
    })
final class RollbackCommand extends SlipwayCommand {
  @Parameters(index = "0", paramLabel = "ENVIRONMENT", description = "The environment.")
  private String environment = "";

  @Option(names = "--to", paramLabel = "RELEASE", description = "The release's number.")
  private @Nullable Long to;

  @Option(names = "--dry-run", description = "Change nothing; say what would happen.")
  private boolean dryRun;

  @Mixin private FollowOptions follow = new FollowOptions();

  RollbackCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() throws TroubleException, IOException, InterruptedException {
    var found = new EnvironmentFinder(surroundings()).one(environment);
    var view = new Ledger(surroundings().store(), Clock.systemUTC()).view(found);
    var choice = RollbackChooser.choose(view, found, to);
    var from = choice.from();
    var target = choice.to();
    if (from == null || target == null) {
      throw TroubleException.input(
          Objects.requireNonNullElse(choice.refusal(), "there is no way back"),
          "see the releases: slipway history " + found);
    }
    if (dryRun) {
      tellPlan(found, from, target);
      return 0;
    }
    return new Follower(surroundings(), follow).follow(start(found));
  }

  /** What the schema does is decided by what is proven when it happens, so both ways are told. */
  private void tellPlan(EnvironmentId found, Release from, Release target) {
    var plan =
        new Plan(
            found.path(),
            from.number(),
            target.number(),
            target.source() == null ? null : target.source().commit(),
            schema(from),
            schema(target));
    if (follow.json()) {
      surroundings().printJson(plan);
      return;
    }
    surroundings()
        .print("%s would go from release %d to %d:".formatted(found, plan.from(), plan.to()));
    surroundings().print("  1. frontend    its entry points of release " + plan.to());
    surroundings().print("  2. application release " + plan.to() + ", replica by replica");
    surroundings()
        .print(
            "  3. schema      "
                + (Objects.equals(plan.schemaFrom(), plan.schemaTo())
                    ? "unchanged"
                    : "stays at %s if release %d is proven on it; else down to %s, before 2."
                        .formatted(plan.schemaFrom(), plan.to(), plan.schemaTo())));
    surroundings().print("nothing was changed; do it: slipway rollback " + found);
  }

  /** What programs read. */
  record Plan(
      String environment,
      long from,
      long to,
      @Nullable String commit,
      @Nullable String schemaFrom,
      @Nullable String schemaTo) {}

  private static @Nullable String schema(Release release) {
    var schema = release.state().schema();
    return schema == null ? null : schema.version();
  }

  private RunId start(EnvironmentId found)
      throws TroubleException, IOException, InterruptedException {
    try (var client = surroundings().client()) {
      var record =
          surroundings()
              .index()
              .allot(
                  found.application(),
                  id -> new RunInput(id, new Rollback(found, to), surroundings().user()),
                  input ->
                      new RunRecord(
                          input,
                          client.engineIdentity(),
                          Instant.now().truncatedTo(ChronoUnit.MILLIS)));
      client.start(record.input());
      return record.input().id();
    }
  }
}
