package dev.slipway.starter.cli;

import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.problem.Nearest;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.plan.EnvironmentPlan;
import dev.slipway.starter.plan.PlanText;
import dev.slipway.starter.plan.Planner;
import dev.slipway.starter.source.Commit;
import dev.slipway.starter.source.CommitMirror;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "plan",
    header = "Say what a release of a commit would change, and change nothing.",
    description = {
      "Asks the environment's cluster with the objects that the release would write, which keeps none",
      "of them: what is created, changed, unchanged or removed, field by field, and what the release",
      "would be refused for."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing that can be seen now stands against the release",
      "1:it would be refused, or the cluster can't be asked",
      "2:wrong input"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway plan                          every environment of the pipeline",
      "  slipway plan production               one of them",
      "  slipway plan production --commit v1.4 another commit than the current one",
      "  slipway plan production --json        for programs",
    })
final class PlanCommand extends SlipwayCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ENVIRONMENT",
      description = "Its name in the pipeline file; all unless given.")
  private @Nullable String environment;

  @Mixin private CommitOptions options = new CommitOptions();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  PlanCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() throws TroubleException, IOException, InterruptedException {
    var commit = options.read(surroundings(), ".");
    var told = new CommitTold(surroundings());
    var pipeline = told.valid(commit);
    var wanted = wanted(pipeline);
    told.ofUncommitted(commit);
    var plans = plans(pipeline, commit, wanted);
    if (json) {
      surroundings().printJson(plans);
    } else {
      surroundings().print(PlanText.of(plans, surroundings().terminal().paint()));
    }
    return plans.stream().allMatch(EnvironmentPlan::possible) ? 0 : 1;
  }

  private List<EnvironmentSpec> wanted(Pipeline pipeline) throws TroubleException {
    if (environment == null) {
      if (pipeline.environments().isEmpty()) {
        throw TroubleException.input(
            "the pipeline has no environment, so that it releases nothing",
            "name one in a stage: environment: staging");
      }
      return pipeline.environments();
    }
    var name = environment;
    var names = pipeline.environments().stream().map(EnvironmentSpec::name).toList();
    return List.of(
        pipeline
            .environment(name)
            .orElseThrow(
                () ->
                    TroubleException.input(
                        "the pipeline has no environment " + name,
                        Nearest.question(name, names)
                            .orElse("it has: " + String.join(", ", names)))));
  }

  private List<EnvironmentPlan> plans(
      Pipeline pipeline, Commit commit, List<EnvironmentSpec> wanted)
      throws TroubleException, IOException, InterruptedException {
    var home = surroundings().home();
    var store = surroundings().store();
    try (var planner =
        Planner.open(
            home,
            surroundings().env(),
            store,
            pipeline,
            CommitMirror.of(home, pipeline.application(), commit),
            new Planner.Wish(commit.repository(), commit.hash()))) {
      var plans = new ArrayList<EnvironmentPlan>();
      for (var spec : wanted) {
        plans.add(planner.plan(spec));
      }
      return plans;
    } catch (StepFailedException e) {
      throw TroubleException.of(TroubleException.Kind.FAILURE, e);
    }
  }
}
