package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.activities.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class DevServerLifeTest {
  @TempDir Path folder;

  @Test
  void aSecondStartKeepsPortsIdentityAndEndsTheOrphanOfAKilledServer() throws Exception {
    var home = Home.at(folder);
    var orphaned = DevServer.start(TemporalBinary.required(), home);
    var identity = identity(orphaned);
    orphaned.abandon();

    try (var server = DevServer.start(TemporalBinary.required(), home)) {
      assertThat(orphaned.process().isAlive()).isFalse();
      assertThat(server.address()).isEqualTo(orphaned.address());
      assertThat(server.webUi()).isEqualTo(orphaned.webUi());
      assertThat(identity(server)).isEqualTo(identity);
    }
  }

  @Test
  void theOrphanOfAKilledServerIsEndedWithoutAnotherStart() throws Exception {
    var home = Home.at(folder);
    assertThat(DevServer.endLeft(home)).isFalse();
    var orphaned = DevServer.start(TemporalBinary.required(), home);
    orphaned.abandon();

    assertThat(DevServer.endLeft(home)).isTrue();
    // It has ended; that its parent, which here is this JVM, has noticed takes a moment more.
    await().untilAsserted(() -> assertThat(orphaned.process().isAlive()).isFalse());
    assertThat(DevServer.endLeft(home)).isFalse();
  }

  @Test
  void closingEndsTheProcess() throws Exception {
    var server = DevServer.start(TemporalBinary.required(), Home.at(folder));

    server.close();

    assertThat(server.process().isAlive()).isFalse();
  }

  @Test
  void aBinaryThatIsNoneSaysWhatItSaidAndWhatToDo() throws Exception {
    var binary = folder.resolve("fake-temporal");
    Files.writeString(binary, "#!/bin/sh\necho unknown command; exit 3\n");
    Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));

    assertThatThrownBy(() -> DevServer.start(binary, Home.at(folder)))
        .isInstanceOf(EngineFailedException.class)
        .hasMessageContaining("exit code 3")
        .hasMessageContaining("unknown command");
  }

  private static String identity(Engine engine) throws EngineFailedException {
    try (var connection = EngineConnection.open(engine)) {
      return connection.description().identity();
    }
  }
}
