package dev.slipway.starter.local;

import dev.slipway.activities.home.Home;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts the server in the background, where Ctrl-C in this terminal does not reach it. */
public final class ServerLauncher {
  private static final Duration READY_LIMIT = Duration.ofMinutes(2);
  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(45);

  private final Home home;
  private final Map<String, String> env;
  private final String mainClass;

  /**
   * @param env of the server; usually our own
   * @param mainClass what answers to {@code server}
   */
  public ServerLauncher(Home home, Map<String, String> env, String mainClass) {
    this.home = home;
    this.env = env;
    this.mainClass = mainClass;
  }

  /** The server that runs; when none does, one is started, and this returns when it is ready. */
  public ServerInfo start() throws TroubleException, InterruptedException {
    try {
      var running = new ServerFile(home).running();
      return running.isPresent() ? running.get() : launch();
    } catch (IOException e) {
      throw new TroubleException(
          TroubleException.Kind.FAILURE,
          "the server can't be started in %s: %s".formatted(home.folder(), e.getMessage()),
          "check that the folder can be written, or set SLIPWAY_HOME to another",
          e);
    }
  }

  private ServerInfo launch() throws IOException, InterruptedException, TroubleException {
    home.create();
    var output = home.logs().resolve("server.out");
    var builder = new ProcessBuilder(command());
    builder.environment().clear();
    builder.environment().putAll(env);
    builder.directory(home.folder().toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    var process = builder.start();
    var file = new ServerFile(home);
    var deadline = Instant.now().plus(READY_LIMIT);
    while (Instant.now().isBefore(deadline)) {
      var ended = process.waitFor(30, TimeUnit.MILLISECONDS);
      // Another command may have been quicker; then ours has ended, and theirs is as good.
      var running = file.running();
      if (running.isPresent()) {
        return running.get();
      }
      if (ended && process.exitValue() == ALREADY_RUNNING) {
        // The other one may be ending, or a command that tidies up.
        Thread.sleep(AGAIN);
        process = builder.start();
      } else if (ended) {
        throw TroubleException.failure(
            "the server ended before it was ready:\n" + lastLines(output).indent(4).stripTrailing(),
            "look into %s".formatted(home.logs()));
      }
    }
    process.destroy();
    throw TroubleException.failure(
        "the server was not ready within %d s".formatted(READY_LIMIT.toSeconds()),
        "look into %s, or run it in the foreground: slipway server".formatted(home.logs()));
  }

  /** The exit code of a server that found another one in its home. */
  public static final int ALREADY_RUNNING = 75;

  private List<String> command() {
    var command = new ArrayList<String>();
    program("setsid").ifPresent(setsid -> command.add(setsid.toString()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            // Steps that unpack or hash must not hold up heartbeats and answers on two cores.
            "-Djdk.virtualThreadScheduler.parallelism=16",
            "-Xmx512m",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            mainClass,
            "server"));
    return command;
  }

  private Optional<Path> program(String name) {
    return Arrays.stream(env.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String lastLines(Path output) throws IOException {
    var lines = Files.readAllLines(output);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
  }

  /**
   * Ends the server that runs, and returns when it is gone.
   *
   * @return the server that ran; empty when none did
   */
  public Optional<ServerInfo> stop() throws TroubleException, InterruptedException {
    try {
      var running = new ServerFile(home).running();
      if (running.isPresent() && !running.get().process().end(STOP_LIMIT)) {
        throw TroubleException.failure(
            "process %d does not end".formatted(running.get().process().pid()),
            "end it with: kill -9 %d".formatted(running.get().process().pid()));
      }
      return running;
    } catch (IOException e) {
      throw new TroubleException(
          TroubleException.Kind.FAILURE, String.valueOf(e.getMessage()), "", e);
    }
  }
}
