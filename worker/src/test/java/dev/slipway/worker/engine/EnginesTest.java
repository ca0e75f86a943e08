package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.home.Home;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginesTest {
  @TempDir Path folder;

  @Test
  void withoutABinaryTheEmbeddedOneIsTaken() throws Exception {
    try (var engine = Engines.open(Map.of("PATH", folder.toString()), Home.at(folder))) {
      assertThat(engine.kind()).isEqualTo(EngineKind.EMBEDDED);
    }
  }

  @Test
  void workersThatShareTheWorkNeedOneEngineToShare() {
    assertThatThrownBy(
            () -> Engines.open(Map.of("SLIPWAY_SERVES", "shop/production"), Home.at(folder)))
        .isInstanceOfSatisfying(
            EngineFailedException.class,
            failure -> assertThat(failure.advice()).contains("set TEMPORAL_ADDRESS"))
        .hasMessageContaining("SLIPWAY_SERVES");
  }

  @Test
  void aBinaryThatWasNamedAndIsNoneIsAnError() {
    assertThatThrownBy(
            () -> Engines.open(Map.of("SLIPWAY_TEMPORAL", folder.toString()), Home.at(folder)))
        .isInstanceOf(EngineFailedException.class)
        .hasMessageContaining("is no program");
  }

  @Test
  void anEngineThatWasAskedForAndIsNotThereIsAnError() {
    for (var asked : new String[] {"configured", "development", "postgres"}) {
      assertThatThrownBy(
              () ->
                  Engines.open(
                      Map.of("SLIPWAY_ENGINE", asked, "PATH", "/nowhere"), Home.at(folder)))
          .isInstanceOf(EngineFailedException.class);
    }
  }
}
