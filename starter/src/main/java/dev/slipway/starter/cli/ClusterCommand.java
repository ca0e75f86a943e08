package dev.slipway.starter.cli;

import dev.slipway.activities.kubernetes.Clusters;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.view.Table;
import dev.slipway.step.StepFailedException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "cluster",
    header = "Say which Kubernetes clusters this machine's worker may work in.",
    description = {
      "Environments with `target: kubernetes` name a cluster. The worker goes there with what was",
      "added here and never with anybody's current context."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway cluster add --kubeconfig ~/.kube/config --context staging-eu",
      "  slipway cluster add office --kubeconfig office.yaml --context admin",
      "  slipway cluster list",
    })
final class ClusterCommand extends SlipwayCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  ClusterCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() {
    spec.commandLine().usage(surroundings().terminal().out());
    return 0;
  }

  @Command(
      name = "add",
      header = "Let the worker into a cluster, with one context of a kubeconfig.",
      description = {
        "Only that context is copied, with its credentials, into a file of this user alone. The",
        "cluster's UID is kept, so that another one that answers in its place is refused."
      })
  static final class Add extends SlipwayCommand {
    @Parameters(
        index = "0",
        arity = "0..1",
        paramLabel = "NAME",
        defaultValue = Namespace.DEFAULT_CLUSTER,
        description = "What environments call it; `default` for those that name none.")
    private String name = Namespace.DEFAULT_CLUSTER;

    @Option(
        names = "--kubeconfig",
        required = true,
        paramLabel = "FILE",
        description = "Where the context is described.")
    private Path kubeconfig = Path.of("");

    @Option(
        names = "--context",
        required = true,
        paramLabel = "CONTEXT",
        description = "Its name in that file.")
    private String context = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    Add(Surroundings surroundings) {
      super(surroundings);
    }

    @Override
    int execute() throws TroubleException, InterruptedException {
      try (var clusters = new Clusters(surroundings().home());
          var _ = Patience.armed(surroundings().terminal(), "asking cluster " + name)) {
        var uid = clusters.add(name, surroundings().here().resolve(kubeconfig), context);
        if (json) {
          surroundings().printJson(new Known(name, uid));
        } else {
          surroundings().print("cluster %s is known now (UID %s)".formatted(name, uid));
        }
        return 0;
      } catch (StepFailedException e) {
        throw TroubleException.of(TroubleException.Kind.INPUT, e);
      }
    }
  }

  /** A cluster, as programs read it. */
  record Known(String name, String uid) {}

  @Command(name = "list", header = "List the clusters that the worker knows.")
  static final class ListAll extends SlipwayCommand {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ListAll(Surroundings surroundings) {
      super(surroundings);
    }

    @Override
    int execute() throws TroubleException {
      var known = known();
      if (json) {
        surroundings().printJson(known);
      } else if (known.isEmpty()) {
        surroundings()
            .print(
                "no clusters yet; add one: slipway cluster add --kubeconfig FILE --context NAME");
      } else {
        var table = new Table(surroundings().terminal().paint(), "CLUSTER", "UID");
        known.forEach(one -> table.row(one.name(), one.uid()));
        surroundings().print(table.lines());
      }
      return 0;
    }

    private List<Known> known() throws TroubleException {
      try (var clusters = new Clusters(surroundings().home())) {
        return clusters.list().stream().map(one -> new Known(one.name(), one.uid())).toList();
      } catch (StepFailedException e) {
        throw TroubleException.of(TroubleException.Kind.FAILURE, e);
      }
    }
  }

  @Command(
      name = "remove",
      header = "Forget a cluster and its credentials.",
      description = "What runs there goes on running.")
  static final class Remove extends SlipwayCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "What it was added as.")
    private String name = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** What programs read. */
    record Removed(String name) {}

    Remove(Surroundings surroundings) {
      super(surroundings);
    }

    @Override
    int execute() throws TroubleException {
      try (var clusters = new Clusters(surroundings().home())) {
        if (!clusters.remove(name)) {
          throw TroubleException.input(
              "no cluster %s is known".formatted(name), "see: slipway cluster list");
        }
      } catch (StepFailedException e) {
        throw TroubleException.of(TroubleException.Kind.FAILURE, e);
      }
      if (json) {
        surroundings().printJson(new Removed(name));
      } else {
        surroundings().print("cluster %s is forgotten".formatted(name));
      }
      return 0;
    }
  }
}
