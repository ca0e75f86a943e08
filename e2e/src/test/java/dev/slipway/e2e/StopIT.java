package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deployed outlives the server; when both are stopped, nothing of ours runs. */
class StopIT {
  @TempDir private Path folder;

  @Test
  void serverAndEnvironmentLeaveNothingInWhicheverOrderTheyAreStopped() throws Exception {
    try (var slipway = Slipway.on(Slipway.Engine.DEVELOPMENT_SERVER)) {
      var application = TinyApplication.in(folder.resolve("tiny"));
      slipway.must(application.folder(), "run");
      assertThat(Processes.of(slipway.home()))
          .extracting(Processes.Found::commandLine)
          .anyMatch(line -> line.contains("postgres"))
          .anyMatch(line -> line.contains("server.js"))
          .anyMatch(line -> line.contains("start-dev"));

      assertThat(slipway.must(application.folder(), "server", "stop"))
          .contains("tiny/staging goes on");
      assertThat(Processes.of(slipway.home()))
          .extracting(Processes.Found::commandLine)
          .anyMatch(line -> line.contains("postgres"))
          .anyMatch(line -> line.contains("server.js"))
          .noneMatch(line -> line.contains("start-dev"));
      assertThat(slipway.must(application.folder(), "env", "stop", "staging"))
          .contains("the database is stopped");
      assertThat(Processes.of(slipway.home())).isEmpty();

      application.write("changed.txt", "once more").commit("Change");
      slipway.must(application.folder(), "run");
      assertThat(slipway.must(application.folder(), "env", "stop", "staging"))
          .doesNotContain("the database is stopped");
      assertThat(slipway.must(application.folder(), "server", "stop"))
          .contains("the database is stopped");
      assertThat(Processes.of(slipway.home())).isEmpty();
    }
  }
}
