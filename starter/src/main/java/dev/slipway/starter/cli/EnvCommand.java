package dev.slipway.starter.cli;

import dev.slipway.activities.environment.BrokenLedgerException;
import dev.slipway.activities.local.LocalEnvironments;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LedgerView;
import dev.slipway.environment.Release;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.starter.client.Environments;
import dev.slipway.starter.client.LiveRelease;
import dev.slipway.starter.local.IdleDatabase;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.view.Table;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "env",
    header = "Look at environments and end them.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway env list                             every environment",
      "  slipway env stop staging                     end what runs there",
      "  slipway env lift-hold production 1a2b3c4d    let a rolled-back commit in again",
    })
final class EnvCommand extends SlipwayCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  EnvCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() {
    spec.commandLine().usage(surroundings().terminal().out());
    return 0;
  }

  /** Said when the database was stopped. */
  static final String DATABASE_STOPPED =
      "the database is stopped, which nothing needs now; its data stay";

  /** Where an environment is that is not on this machine. */
  private static Optional<Namespace> namespace(LedgerView view) {
    return view.live().map(Release::spec).flatMap(spec -> Optional.ofNullable(spec.kubernetes()));
  }

  /**
   * The last one to go puts out the light.
   *
   * @return whether the database ran and was stopped
   */
  static boolean stopIdleDatabase(Surroundings surroundings)
      throws TroubleException, IOException, InterruptedException {
    try (var _ = Patience.armed(surroundings.terminal(), "ending the database")) {
      return IdleDatabase.stop(surroundings.home());
    } catch (StepFailedException e) {
      throw TroubleException.of(TroubleException.Kind.FAILURE, e);
    }
  }

  @Command(name = "list", header = "List environments, and what runs in them.")
  static final class ListAll extends SlipwayCommand {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ListAll(Surroundings surroundings) {
      super(surroundings);
    }

    /**
     * An environment, as programs read it.
     *
     * @param cluster where it is; null on this machine
     * @param trouble why its ledger can't be believed; null when it can
     */
    record Line(
        String application,
        String name,
        @Nullable Long release,
        List<String> held,
        @Nullable String url,
        int replicas,
        @Nullable String cluster,
        @Nullable String trouble) {}

    @Override
    int execute() throws TroubleException, IOException, InterruptedException {
      var finder = new EnvironmentFinder(surroundings());
      var lines = new ArrayList<Line>();
      try {
        for (var environment : finder.environments().all()) {
          lines.add(line(finder.environments(), environment));
        }
      } catch (StepFailedException e) {
        throw TroubleException.of(TroubleException.Kind.FAILURE, e);
      }
      if (json) {
        surroundings().printJson(lines);
      } else if (lines.isEmpty()) {
        surroundings().print("no environments yet");
      } else {
        print(lines);
      }
      return 0;
    }

    private static Line line(Environments environments, EnvironmentId environment)
        throws IOException, StepFailedException, InterruptedException {
      try {
        var view = environments.ledger(environment);
        var live = environments.live(environment, view);
        return line(
            environment,
            live,
            List.copyOf(view.heldCommits()),
            namespace(view).map(Namespace::toString).orElse(null),
            null);
      } catch (BrokenLedgerException broken) {
        var live = environments.live(environment, broken);
        return line(environment, live, List.of(), null, broken.happened());
      }
    }

    private static Line line(
        EnvironmentId environment,
        LiveRelease live,
        List<String> held,
        @Nullable String cluster,
        @Nullable String trouble) {
      return new Line(
          environment.application(),
          environment.name(),
          live.release(),
          held,
          live.url() == null ? null : live.url().toString(),
          live.replicas(),
          cluster,
          trouble);
    }

    private void print(List<Line> lines) {
      var table =
          new Table(
              surroundings().terminal().paint(), "ENVIRONMENT", "RELEASE", "URL", "HELD COMMITS");
      for (var line : lines) {
        table.row(
            line.application() + "/" + line.name(),
            line.release() == null ? "none" : line.release().toString(),
            address(line),
            line.trouble() == null
                ? String.join(" ", line.held().stream().map("%.8s"::formatted).toList())
                : surroundings().terminal().paint().red(line.trouble()));
      }
      surroundings().print(table.lines());
    }

    /** The proxy may listen although nothing is behind it. */
    static String address(Line line) {
      if (line.url() == null) {
        return "does not run";
      }
      return line.replicas() == 0 ? line.url() + " (no replica)" : line.url();
    }
  }

  @Command(
      name = "stop",
      header = "End everything that runs in an environment on this machine.",
      description = {
        "Its address, its ledger and its data stay: the next release brings it back. The database",
        "server ends with the last environment, once Slipway's server has ended as well."
      })
  static final class Stop extends SlipwayCommand {
    @Parameters(
        index = "0",
        paramLabel = "ENVIRONMENT",
        description = "Its name, or application/name.")
    private String environment = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** What programs read. */
    record Stopped(String environment, boolean databaseStopped) {}

    Stop(Surroundings surroundings) {
      super(surroundings);
    }

    @Override
    int execute() throws TroubleException, IOException, InterruptedException {
      var finder = new EnvironmentFinder(surroundings());
      var found = finder.find(environment);
      mustBeHere(found, finder);
      var local = new LocalEnvironments(surroundings().home());
      try (var _ = Patience.armed(surroundings().terminal(), "ending what runs in " + found)) {
        local.stop(found);
      } catch (StepFailedException e) {
        throw TroubleException.of(TroubleException.Kind.FAILURE, e);
      }
      if (!json) {
        surroundings().print(found + " is stopped");
      }
      var databaseStopped = stopIdleDatabase(surroundings());
      if (json) {
        surroundings().printJson(new Stopped(found.path(), databaseStopped));
      } else if (databaseStopped) {
        surroundings().print(DATABASE_STOPPED);
      }
      return 0;
    }

    private static void mustBeHere(EnvironmentId environment, EnvironmentFinder finder)
        throws TroubleException, IOException {
      var namespace = namespace(finder.environments().ledger(environment));
      if (namespace.isPresent()) {
        throw TroubleException.input(
            "%s is %s, and not on this machine".formatted(environment, namespace.get()),
            "to end it there: kubectl --namespace %s scale deployment %s --replicas=0"
                .formatted(namespace.get().name(), environment.application()));
      }
    }
  }

  @Command(
      name = "lift-hold",
      header = "Let a commit in again that was rolled back.",
      description = "A revert in the commit's history lifts the hold by itself.")
  static final class LiftHold extends SlipwayCommand {
    @Parameters(
        index = "0",
        paramLabel = "ENVIRONMENT",
        description = "Its name, or application/name.")
    private String environment = "";

    @Parameters(index = "1", paramLabel = "COMMIT", description = "The beginning of its hash.")
    private String commit = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** What programs read. */
    record Lifted(String environment, String commit) {}

    LiftHold(Surroundings surroundings) {
      super(surroundings);
    }

    @Override
    int execute() throws TroubleException, IOException {
      var finder = new EnvironmentFinder(surroundings());
      var found = finder.find(environment);
      var held = finder.environments().ledger(found).heldCommits();
      var meant = held.stream().filter(hash -> hash.startsWith(commit)).toList();
      if (meant.size() != 1 || commit.isBlank()) {
        throw TroubleException.input(
            meant.isEmpty()
                ? "%s holds no commit %s".formatted(found, commit)
                : "%s could be any of %d commits".formatted(commit, meant.size()),
            held.isEmpty() ? "it holds none" : "it holds: " + String.join(", ", held));
      }
      finder.environments().liftHold(found, meant.getFirst(), surroundings().user());
      if (json) {
        surroundings().printJson(new Lifted(found.path(), meant.getFirst()));
      } else {
        surroundings().print("%s lets %.8s in again".formatted(found, meant.getFirst()));
      }
      return 0;
    }
  }
}
