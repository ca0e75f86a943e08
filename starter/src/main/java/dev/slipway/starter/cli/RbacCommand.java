package dev.slipway.starter.cli;

import dev.slipway.action.ClusterSpecs;
import dev.slipway.activities.kubernetes.Rbac;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.source.WorkingTree;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "rbac",
    header = "Print the rights that the worker needs in an environment's cluster.",
    description = {
      "YAML for kubectl: an account in the environment's namespace, what it may do there, and to",
      "read which cluster it is. Nothing is applied."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway rbac production                       look at them",
      "  slipway rbac production | kubectl apply -f -  grant them",
    })
final class RbacCommand extends SlipwayCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENVIRONMENT",
      description = "Its name in the pipeline file of this folder.")
  private String environment = "";

  RbacCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() throws TroubleException, IOException {
    var pipeline =
        WorkingTree.pipeline(surroundings().here())
            .orElseThrow(
                () ->
                    TroubleException.input(
                        "this folder has no valid pipeline file",
                        "go to the repository that has it; to see what is wrong: slipway validate"));
    var spec =
        pipeline
            .environment(environment)
            .orElseThrow(
                () ->
                    TroubleException.input(
                        "the pipeline has no environment " + environment,
                        "it has: "
                            + pipeline.environments().stream()
                                .map(EnvironmentSpec::name)
                                .collect(Collectors.joining(", "))));
    var namespace = spec.kubernetes();
    if (namespace == null) {
      throw TroubleException.input(
          environment + " is on this machine, where no cluster grants anything",
          "only environments with `target: kubernetes` need rights");
    }
    surroundings()
        .terminal()
        .out()
        .print(
            Rbac.yaml(
                new EnvironmentId(pipeline.application(), environment),
                namespace,
                routes(pipeline)));
    return 0;
  }

  private List<String> routes(Pipeline pipeline) {
    return pipeline.stages().stream()
        .filter(stage -> environment.equals(stage.environment()))
        .flatMap(stage -> stage.steps().stream())
        .flatMap(step -> step.params().text(ClusterSpecs.ROUTE).stream())
        .distinct()
        .toList();
  }
}
