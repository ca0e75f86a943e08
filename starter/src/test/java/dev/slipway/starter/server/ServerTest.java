package dev.slipway.starter.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.home.Home;
import dev.slipway.starter.local.ServerFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServerTest {
  @TempDir Path folder;

  private Map<String, String> env() {
    return Map.of("SLIPWAY_HOME", folder.toString(), "SLIPWAY_ENGINE", "embedded");
  }

  @Test
  void itSaysWhereItIsForAsLongAsItRuns() throws Exception {
    var file = new ServerFile(Home.at(folder));

    try (var server = Server.start(env())) {
      assertThat(file.running()).contains(server.info());
      assertThat(server.info().engine()).isEqualTo("embedded");
      assertThat(folder.resolve("logs/server.log")).exists();
    }

    assertThat(file.running()).isEmpty();
  }

  @Test
  void aHomeHasOneServer() throws Exception {
    try (var _ = Server.start(env())) {
      assertThatThrownBy(() -> Server.start(env()).close())
          .isInstanceOf(Server.AlreadyRunningException.class);
    }
  }

  @Test
  void aServerThatCouldNotStartLetsTheNextOneStart() throws Exception {
    var broken = Map.of("SLIPWAY_HOME", folder.toString(), "SLIPWAY_ENGINE", "nonsense");
    assertThatThrownBy(() -> Server.start(broken)).hasMessageContaining("nonsense");

    Server.start(env()).close();

    assertThat(folder.resolve("server.json")).doesNotExist();
  }
}
