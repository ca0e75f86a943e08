package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.home.Home;
import org.junit.jupiter.api.Test;

class EmbeddedTest extends EngineContract {
  @Override
  Engine open(Home home) throws EngineFailedException {
    return Embedded.start();
  }

  @Test
  void aNewOneIsAnotherEngine() throws EngineFailedException {
    try (var other = Embedded.start();
        var another = EngineConnection.open(other)) {
      assertThat(another.description().identity())
          .isNotEqualTo(connection.description().identity());
    }
  }

  @Test
  void itHasNoWebUi() {
    assertThat(engine.webUi()).isEmpty();
  }
}
