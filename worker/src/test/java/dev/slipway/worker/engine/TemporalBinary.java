package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;

/** The binary that tests of the development server need. */
final class TemporalBinary {
  private TemporalBinary() {}

  /** The binary; without one tests are skipped, but on CI they fail. */
  static Path required() throws EngineFailedException {
    return Engines.temporalBinary(System.getenv()).orElseGet(TemporalBinary::missing);
  }

  private static Path missing() {
    var message = "no temporal binary on the PATH and no SLIPWAY_TEMPORAL";
    if (Boolean.getBoolean("slipway.require.temporal")
        || Boolean.parseBoolean(System.getenv("CI"))) {
      return fail(message);
    }
    return abort(message);
  }
}
