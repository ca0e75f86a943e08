package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.activities.home.Home;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DevServerTest extends EngineContract {
  @Override
  Engine open(Home home) throws EngineFailedException, InterruptedException {
    return DevServer.start(TemporalBinary.required(), home);
  }

  private DevServer server() {
    return (DevServer) engine;
  }

  @Test
  void itKnowsTheSearchAttributes() {
    assertThat(connection.description().searchAttributes()).isTrue();
  }

  @Test
  void itHasAWebUi() throws Exception {
    try (var browser = HttpClient.newHttpClient()) {
      var page =
          browser.send(
              HttpRequest.newBuilder(engine.webUi().orElseThrow()).build(),
              BodyHandlers.discarding());

      assertThat(page.statusCode()).isLessThan(400);
    }
  }

  @Test
  void itIsStartedAgainWhenItsProcessDies() throws Exception {
    var counter = start("survivor");
    counter.add(5);
    var address = engine.address();
    var killed = server().process();

    killed.destroyForcibly();

    await().atMost(Duration.ofSeconds(20)).until(() -> server().process().pid() != killed.pid());
    assertThat(engine.address()).isEqualTo(address);
    counter.add(5);
    assertThat(result(counter)).isEqualTo(20);
  }
}
