package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.duty.Duties;
import dev.slipway.activities.home.Home;
import dev.slipway.worker.engine.Configured;
import dev.slipway.worker.engine.Embedded;
import dev.slipway.worker.engine.EngineFailedException;
import dev.slipway.worker.engine.EngineKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningWorkerTest {
  @TempDir Path folder;

  private WorkerSettings settings() {
    return new WorkerSettings(Home.at(folder), Duties.ALL, 1, Duration.ofSeconds(1));
  }

  @Test
  void itStartsOnAnEngineAndLogsToItsHome() throws EngineFailedException {
    try (var worker = RunningWorker.start(Embedded::start, settings(), "worker")) {
      assertThat(worker.engine().kind()).isEqualTo(EngineKind.EMBEDDED);
    }
    assertThat(folder.resolve("logs/worker.log")).exists();
  }

  @Test
  void aWorkerWithoutControlMakesNoStoreOfItsOwn() throws EngineFailedException {
    var production = Duties.of(Map.of("SLIPWAY_SERVES", "shop/production"));
    var settings = new WorkerSettings(Home.at(folder), production, 1, Duration.ofSeconds(1));

    assertThatThrownBy(() -> RunningWorker.start(Embedded::start, settings, "worker"))
        .isInstanceOf(EngineFailedException.class)
        .hasMessageContaining("there is no store in " + folder.resolve("store"));
    RunningWorker.start(Embedded::start, settings(), "worker").close();
    RunningWorker.start(Embedded::start, settings, "worker").close();
  }

  @Test
  void anEngineThatDoesNotAnswerIsSaidPlainly() throws EngineFailedException {
    var nowhere = Configured.of(Map.of("TEMPORAL_ADDRESS", "127.0.0.1:1")).orElseThrow();

    assertThatThrownBy(() -> RunningWorker.start(() -> nowhere, settings(), "worker"))
        .isInstanceOf(EngineFailedException.class)
        .hasMessageContaining("does not answer");
  }
}
