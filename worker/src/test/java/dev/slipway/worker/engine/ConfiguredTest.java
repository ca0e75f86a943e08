package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.home.Home;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The configured engine is whatever listens at the address; here somebody's development server. */
class ConfiguredTest extends EngineContract {
  private @Nullable DevServer elsewhere;

  @Override
  Engine open(Home home) throws EngineFailedException, InterruptedException {
    elsewhere = DevServer.start(TemporalBinary.required(), home);
    return Configured.of(Map.of("TEMPORAL_ADDRESS", elsewhere.address())).orElseThrow();
  }

  @AfterAll
  void endElsewhere() {
    if (elsewhere != null) {
      elsewhere.close();
    }
  }

  @Test
  void closingItLeavesTheServerRunning() throws EngineFailedException {
    engine.close();

    try (var again = EngineConnection.open(engine)) {
      assertThat(again.description().kind()).isEqualTo(EngineKind.CONFIGURED);
    }
  }
}
