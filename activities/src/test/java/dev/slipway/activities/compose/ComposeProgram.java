package dev.slipway.activities.compose;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The compose plugin and the engine that tests of compose files need. */
final class ComposeProgram {
  private ComposeProgram() {}

  /** Without them tests are skipped, but on CI they fail. */
  static void required() throws InterruptedException {
    if (!works("docker", "compose", "version")) {
      missing("no `docker compose`");
    }
    if (!works("docker", "version", "--format", "{{.Server.Version}}")) {
      missing("no Docker Engine answers");
    }
  }

  private static boolean works(String... command) throws InterruptedException {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      var ended = process.waitFor(30, TimeUnit.SECONDS);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void missing(String what) {
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      fail(what);
    }
    abort(what);
  }
}
