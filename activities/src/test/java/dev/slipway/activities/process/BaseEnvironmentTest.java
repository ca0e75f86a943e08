package dev.slipway.activities.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BaseEnvironmentTest {
  private static final Path TEMP = Path.of("/scratch");

  @Test
  void onlyWhatIsListedIsHandedOn() {
    var environment =
        BaseEnvironment.of(
            Map.of(
                "PATH", "/bin",
                "LC_ALL", "C",
                "https_proxy", "http://proxy",
                "npm_config_registry", "https://mirror",
                "NPM_CONFIG_CAFILE", "/ca.pem",
                "npm_config_@company:registry", "https://company",
                "npm_config__authToken", "token",
                "SLIPWAY_SECRET_DB", "secret",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "TEMPORAL_API_KEY", "secret"),
            List.of());

    assertThat(environment.with(TEMP))
        .containsOnlyKeys(
            "PATH",
            "LC_ALL",
            "https_proxy",
            "npm_config_registry",
            "NPM_CONFIG_CAFILE",
            "npm_config_@company:registry",
            "TMPDIR")
        .containsEntry("TMPDIR", "/scratch");
  }

  @Test
  void aWorkersSettingsAddNames() {
    var environment =
        BaseEnvironment.of(Map.of("CARGO_HOME", "/cargo", "GOFLAGS", "-v"), List.of("CARGO_HOME"));

    assertThat(environment.with(TEMP)).containsOnlyKeys("CARGO_HOME", "TMPDIR");
  }
}
