package dev.slipway.starter.cli;

import dev.slipway.activities.environment.Ledger;
import dev.slipway.activities.local.LocalEnvironments;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.view.Table;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "env",
    header = "Look at environments on this machine, stop them, lift holds.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway env list                             what is there",
      "  slipway env stop staging                     end its replicas and its proxy",
      "  slipway env lift-hold production 1a2b3c4d    let a rolled-back commit in again",
    })
final class EnvCommand extends SlipwayCommand {
  @Spec private @Nullable CommandSpec spec;

  EnvCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() {
    if (spec != null) {
      surroundings().print(spec.commandLine().getUsageMessage());
    }
    return 2;
  }

  @Command(name = "list", header = "List the environments that were used on this machine.")
  static final class ListEnvironments extends SlipwayCommand {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ListEnvironments(Surroundings surroundings) {
      super(surroundings);
    }

    /** An environment, as programs read it. */
    record Line(
        String application,
        String name,
        String state,
        @Nullable String url,
        @Nullable Long release) {}

    @Override
    int execute() throws TroubleException, IOException, InterruptedException {
      var environments = new LocalEnvironments(surroundings().home());
      var lines = new ArrayList<Line>();
      for (var environment : environments.list()) {
        lines.add(look(environments, environment));
      }
      print(lines);
      return 0;
    }

    private static Line look(LocalEnvironments environments, EnvironmentId environment)
        throws TroubleException, InterruptedException {
      try {
        var status = environments.status(environment);
        var running = status.map(seen -> seen.running()).orElse(null);
        return new Line(
            environment.application(),
            environment.name(),
            status.isEmpty() ? "stopped" : running == null ? "empty" : "running",
            status.map(seen -> "http://127.0.0.1:" + seen.port()).orElse(null),
            running == null ? null : running.labels().release());
      } catch (StepFailedException e) {
        throw trouble(e);
      }
    }

    private void print(List<Line> lines) {
      if (json) {
        surroundings().printJson(lines);
        return;
      }
      if (lines.isEmpty()) {
        surroundings().print("no environment was used on this machine yet");
        return;
      }
      var table =
          new Table(surroundings().terminal().paint(), "ENVIRONMENT", "STATE", "RELEASE", "URL");
      for (var line : lines) {
        table.row(
            line.application() + "/" + line.name(),
            line.state(),
            line.release() == null ? "-" : line.release().toString(),
            line.url() == null ? "-" : line.url());
      }
      surroundings().print(table.lines());
    }
  }

  @Command(
      name = "stop",
      header = "End an environment's replicas, proxy and supervisor.",
      description = "The ledger stays, and so does its address; the next release starts it again.")
  static final class Stop extends SlipwayCommand {
    @Parameters(index = "0", paramLabel = "ENVIRONMENT", description = "The environment.")
    private String environment = "";

    Stop(Surroundings surroundings) {
      super(surroundings);
    }

    @Override
    int execute() throws TroubleException, IOException, InterruptedException {
      var environments = new LocalEnvironments(surroundings().home());
      var wanted = named(surroundings(), environment);
      var known = environments.list();
      if (!known.contains(wanted)) {
        throw TroubleException.input(
            "%s was never used on this machine".formatted(wanted), "see: slipway env list");
      }
      try {
        environments.stop(wanted);
      } catch (StepFailedException e) {
        throw trouble(e);
      }
      surroundings().print(wanted + " is stopped");
      return 0;
    }
  }

  @Command(
      name = "lift-hold",
      header = "Let a commit that was rolled back be released again.",
      description = "The ledger keeps who did it.")
  static final class LiftHold extends SlipwayCommand {
    @Parameters(index = "0", paramLabel = "ENVIRONMENT", description = "The environment.")
    private String environment = "";

    @Parameters(index = "1", paramLabel = "COMMIT", description = "The hash, or its beginning.")
    private String commit = "";

    LiftHold(Surroundings surroundings) {
      super(surroundings);
    }

    @Override
    int execute() throws TroubleException, IOException {
      var found = new EnvironmentFinder(surroundings()).one(environment);
      var ledger = new Ledger(surroundings().store(), Clock.systemUTC());
      var held = ledger.view(found).heldCommits();
      var fitting = held.stream().filter(hash -> hash.startsWith(commit)).toList();
      if (commit.length() < 7 || fitting.size() != 1) {
        throw TroubleException.input(
            "%s holds no commit `%s`".formatted(found, commit),
            held.isEmpty() ? "it holds none" : "it holds " + String.join(", ", held));
      }
      ledger.append(found, new LedgerEvent.HoldLifted(fitting.getFirst(), surroundings().user()));
      surroundings().print("%.8s may be released to %s again".formatted(fitting.getFirst(), found));
      return 0;
    }
  }

  private static EnvironmentId named(Surroundings surroundings, String text)
      throws TroubleException, IOException {
    var parts = text.split("/", 2);
    return parts.length == 2
        ? new EnvironmentId(parts[0], parts[1])
        : new EnvironmentId(new RunFinder(surroundings, surroundings.index()).application(), text);
  }

  private static TroubleException trouble(StepFailedException e) {
    return new TroubleException(
        TroubleException.Kind.FAILURE, e.failure().happened(), e.failure().advice(), e);
  }
}
