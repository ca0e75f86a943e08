package dev.slipway.starter.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks programs for their versions. */
final class Programs {
  private static final int LIMIT_SECONDS = 10;

  private final Map<String, String> env;

  Programs(Map<String, String> env) {
    this.env = env;
  }

  /** The first line that the program answers; empty when it is not there or fails. */
  Optional<String> version(String... command) throws InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(env);
    try {
      var process = builder.start();
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0 ? said.lines().findFirst() : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it is not there
    }
  }
}
