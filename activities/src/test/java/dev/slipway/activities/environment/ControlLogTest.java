package dev.slipway.activities.environment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.store.FolderStore;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlLogTest {
  private static final String NAME = "logs/shop/7/back/production/1.log";

  @TempDir private Path folder;

  @Test
  void aWayBackThatIsTriedAgainGoesOnInItsLog() throws Exception {
    var store = FolderStore.open(folder);
    try (var log = new ControlLog(store, NAME, () -> Instant.parse("2026-01-02T03:04:05Z"))) {
      log.line("schema down to version 2");
      log.progress("1 of 2 replicas");
      assertThat(store.readLog(NAME, 0, 1_000)).asString(UTF_8).contains("1 of 2 replicas");
    }
    try (var log = new ControlLog(store, NAME, () -> Instant.parse("2026-01-02T03:05:00Z"))) {
      log.line("schema down to version 2");
    }

    assertThat(store.readLog(NAME, 0, 1_000))
        .asString(UTF_8)
        .isEqualTo(
            """
            2026-01-02T03:04:05Z schema down to version 2
            2026-01-02T03:04:05Z 1 of 2 replicas
            2026-01-02T03:05:00Z schema down to version 2
            """);
  }
}
