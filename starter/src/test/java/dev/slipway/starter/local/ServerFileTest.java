package dev.slipway.starter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.home.Home;
import dev.slipway.activities.home.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFileTest {
  @TempDir Path folder;
  private ServerFile file = new ServerFile(Home.at(Path.of("")));

  @BeforeEach
  void open() {
    file = new ServerFile(Home.at(folder));
  }

  private static ServerInfo info(RunningProcess process) {
    return new ServerInfo(
        "127.0.0.1:7233", "default", process, "embedded", "identity", null, "1", Instant.EPOCH);
  }

  @Test
  void withoutAFileNoServerRuns() throws IOException {
    assertThat(file.running()).isEmpty();
  }

  @Test
  void aServerWhoseProcessLivesIsFound() throws IOException {
    var info = info(RunningProcess.of(ProcessHandle.current()));

    file.write(info);

    assertThat(file.running()).contains(info);
  }

  @Test
  void aKilledServersFileIsNotBelieved() throws Exception {
    var process = new ProcessBuilder("sleep", "60").start();
    file.write(info(RunningProcess.of(process.toHandle())));
    assertThat(file.running()).isPresent();

    process.destroyForcibly().waitFor();

    assertThat(file.running()).isEmpty();
  }

  @Test
  void anotherProcessWithTheSameNumberIsNotTheServer() throws IOException {
    var own = RunningProcess.of(ProcessHandle.current());

    file.write(info(new RunningProcess(own.pid(), own.startedAt().minus(Duration.ofHours(1)))));

    assertThat(file.running()).isEmpty();
  }

  @Test
  void aTornFileIsToldAndNotTakenForNone() throws IOException {
    Files.writeString(folder.resolve("server.json"), "{\"address\":");

    assertThatThrownBy(() -> file.running())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(Objects.toString(folder.resolve("server.json")));
  }

  @Test
  void aServerThatEndedLeavesNoFile() throws IOException {
    file.write(info(RunningProcess.of(ProcessHandle.current())));

    file.delete();

    assertThat(folder).isEmptyDirectory();
  }
}
