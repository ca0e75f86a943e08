package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredSettingsTest {
  @Test
  void nothingConfiguredIsNoEngine() throws EngineFailedException {
    assertThat(Configured.of(Map.of())).isEmpty();
  }

  @Test
  void anUnreachableAddressIsAnErrorAndNeverAnotherEngine(@TempDir Path empty) throws Exception {
    var env = Map.of("TEMPORAL_ADDRESS", "127.0.0.1:1", "PATH", "/nowhere");

    var chosen = Engines.open(env, Home.at(empty));

    assertThat(chosen.kind()).isEqualTo(EngineKind.CONFIGURED);
    assertThatThrownBy(() -> EngineConnection.open(chosen, Duration.ofSeconds(1)))
        .isInstanceOf(EngineFailedException.class)
        .hasMessageContaining("127.0.0.1:1 does not answer");
  }

  @Test
  void aProfileOfTheConfigurationFileCounts(@TempDir Path empty) throws Exception {
    var file = empty.resolve("temporal.toml");
    Files.writeString(
        file,
        """
        [profile.team]
        address = "temporal.example:7233"
        namespace = "deployments"
        """);

    var configured =
        Configured.of(Map.of("TEMPORAL_CONFIG_FILE", file.toString(), "TEMPORAL_PROFILE", "team"))
            .orElseThrow();

    assertThat(configured.address()).isEqualTo("temporal.example:7233");
    assertThat(configured.namespace()).isEqualTo("deployments");
  }

  @Test
  void anApiKeyWithoutAnAddressIsAnError() {
    assertThatThrownBy(() -> Configured.of(Map.of("TEMPORAL_API_KEY", "secret")))
        .isInstanceOf(EngineFailedException.class)
        .hasMessageContaining("TEMPORAL_API_KEY")
        .hasMessageNotContaining("secret");
  }
}
