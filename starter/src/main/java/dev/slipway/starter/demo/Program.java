package dev.slipway.starter.demo;

import dev.slipway.activities.home.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program that the demo is part of, run as a person would run it, with a home of its own. */
final class Program {
  private final Path directory;
  private final Home home;
  private final String mainClass;

  Program(Path directory, Home home, String mainClass) {
    this.directory = directory;
    this.home = home;
    this.mainClass = mainClass;
  }

  Home home() {
    return home;
  }

  /** The environment that names the home. */
  Map<String, String> variables() {
    return Map.of(
        "SLIPWAY_HOME", home.folder().toString(), "SLIPWAY_CACHE", home.cache().toString());
  }

  /** Starts a command on this terminal. */
  Process start(List<String> arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dslf4j.internal.verbosity=WARN",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
    builder.environment().putAll(variables());
    // The demo has an engine of its own, whatever else is configured on this machine.
    builder.environment().keySet().removeIf(name -> name.startsWith("TEMPORAL_"));
    return builder.start();
  }

  /** Runs a command on this terminal to its end; answers its exit code. */
  int run(String... arguments) throws IOException, InterruptedException {
    var process = start(List.of(arguments));
    try {
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }
}
