package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The built program with a home of its own, which is ended and removed at the close. */
final class Slipway implements AutoCloseable {
  /** The checkout that is tested. */
  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path home;
  private final Engine engine;
  private Optional<Path> temp = Optional.empty();

  /** Where runs live. */
  enum Engine {
    /** The real server, from the {@code temporal} program. */
    DEVELOPMENT_SERVER,
    /** Temporal's test server in our own process. */
    EMBEDDED
  }

  /**
   * What a command answered.
   *
   * @param out its standard output
   * @param all standard output and errors, for messages
   */
  record Answer(int code, String out, String all) {}

  private Slipway(Path home, Engine engine) {
    this.home = home;
    this.engine = engine;
  }

  static Slipway on(Engine engine) throws IOException {
    if (engine == Engine.DEVELOPMENT_SERVER) {
      assertThat(program("temporal"))
          .as("the program `temporal` must be on the PATH; .ci/run installs it")
          .isTrue();
    }
    // Maven has just built the program; the launcher must not build it again beside it.
    Files.writeString(PROJECT.resolve("starter/target/lib/.built"), "");
    return new Slipway(Files.createTempDirectory("slipway-e2e-"), engine);
  }

  /** What it puts into the system's folder for temporary files goes there. */
  Slipway withTemporaryFilesIn(Path folder) {
    temp = Optional.of(folder);
    return this;
  }

  Path home() {
    return home;
  }

  /** Runs a command to its end. */
  Answer run(Path directory, String... arguments) throws IOException, InterruptedException {
    return answer(start(directory, arguments), Duration.ofMinutes(10));
  }

  /** Runs a command that must succeed; its standard output. */
  String must(Path directory, String... arguments) throws IOException, InterruptedException {
    var answer = run(directory, arguments);
    assertThat(answer.code()).as(String.join(" ", arguments) + "\n" + answer.all()).isZero();
    return answer.out();
  }

  /** Runs a command with {@code --json} that must succeed. */
  JsonNode json(Path directory, String... arguments) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    return JSON.readTree(must(directory, all.toArray(String[]::new)));
  }

  /** Starts a command. */
  Process start(Path directory, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(PROJECT.resolve("slipway").toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("TEMPORAL_"));
    environment.put("SLIPWAY_HOME", home.toString());
    environment.put("SLIPWAY_CACHE", cache().toString());
    temp.ifPresent(to -> environment.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + to));
    if (engine == Engine.EMBEDDED) {
      environment.put("PATH", pathWithout("temporal"));
    }
    return builder.redirectErrorStream(false).redirectError(log().toFile()).start();
  }

  private Answer answer(Process process, Duration limit) throws IOException, InterruptedException {
    process.getOutputStream().close();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
    return new Answer(process.waitFor(), out, out + "\n" + Files.readString(log()));
  }

  /** The process of the server that runs in the background. */
  ProcessHandle server() throws IOException {
    var pid = JSON.readTree(home.resolve("server.json").toFile()).path("process").path("pid");
    return ProcessHandle.of(pid.asLong()).orElseThrow();
  }

  /** The process of Temporal's development server, unless it has just died. */
  Optional<ProcessHandle> temporal() throws IOException {
    var pid = JSON.readTree(home.resolve("temporal/devserver.json").toFile()).path("process");
    return ProcessHandle.of(pid.path("pid").asLong());
  }

  /** Ends the server and every environment on this machine. */
  void end() throws IOException, InterruptedException {
    must(home, "server", "stop");
    for (var environment : json(home, "env", "list")) {
      if (!environment.hasNonNull("cluster")) {
        must(
            home,
            "env",
            "stop",
            environment.path("application").asText() + "/" + environment.path("name").asText());
      }
    }
  }

  private Path log() {
    return home.resolve("stderr.log");
  }

  /** Dependencies are fetched once for all tests. */
  private static Path cache() {
    return PROJECT.resolve("e2e/target/cache");
  }

  private static boolean program(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  private static String pathWithout(String program) {
    return String.join(
        File.pathSeparator,
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .filter(folder -> !Files.isExecutable(Path.of(folder, program)))
            .toList());
  }

  @Override
  public void close() throws IOException {
    try {
      end();
      assertThat(Processes.of(home)).isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (var files = Files.walk(home)) {
      for (var file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }
}
