package dev.slipway.activities.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScratchServerTest {
  private static Path home;

  @BeforeAll
  static void prepare() throws Exception {
    home = TestHome.fresh();
  }

  @AfterAll
  static void remove() throws Exception {
    Folders.remove(home);
  }

  @Test
  void nothingIsLeftAfterwards() throws Exception {
    ProcessHandle process;
    try (var server = ScratchServer.start(TestHome.postgres(home))) {
      process = onlyServer();
      assertThat(server.database("one").owner().port()).isPositive();
    }

    assertThat(process.isAlive()).isFalse();
    assertThat(Folders.in(home.resolve("scratch"))).isEmpty();
  }

  @Test
  void anInterruptedThreadStillEndsItsServer() throws Exception {
    var server = ScratchServer.start(TestHome.postgres(home));
    var process = onlyServer();

    Thread.currentThread().interrupt();
    server.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(process.isAlive()).isFalse();
    assertThat(Folders.in(home.resolve("scratch"))).isEmpty();
  }

  @Test
  void theOwnerOfADatabaseReachesNeitherFilesNorPrograms() throws Exception {
    try (var server = ScratchServer.start(TestHome.postgres(home))) {
      var owner = server.database("one").owner();
      try (var connection = DriverManager.getConnection(owner.jdbcUrl(), owner.properties());
          var statement = connection.createStatement()) {
        for (var attempt :
            List.of(
                "COPY (SELECT 1) TO PROGRAM 'id'",
                "COPY (SELECT 1) TO '/tmp/slipway-test'",
                "SELECT pg_read_file('/etc/passwd')",
                "CREATE EXTENSION plpython3u",
                "CREATE EXTENSION dblink",
                "CREATE EXTENSION file_fdw",
                "ALTER SYSTEM SET fsync = on",
                "CREATE ROLE other SUPERUSER")) {
          assertThatThrownBy(() -> statement.execute(attempt))
              .as(attempt)
              .isInstanceOf(SQLException.class)
              .message()
              .containsAnyOf("permission denied", "must be superuser");
        }
      }
    }
  }

  @Test
  void whatAKilledProcessLeftIsEndedAtTheNextStart() throws Exception {
    var killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var output =
        new BufferedReader(
            new InputStreamReader(killed.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).isEqualTo("started");
    }
    var server = onlyServer();
    killed.destroyForcibly().waitFor();
    assertThat(server.isAlive()).isTrue();

    ScratchServer.sweep(TestHome.postgres(home));

    await().atMost(Duration.ofSeconds(10)).until(() -> !server.isAlive());
    assertThat(Folders.in(home.resolve("scratch"))).isEmpty();
  }

  @Test
  void aServerOfALivingProcessIsLeftAlone() throws Exception {
    try (var _ = ScratchServer.start(TestHome.postgres(home))) {
      ScratchServer.sweep(TestHome.postgres(home));

      assertThat(onlyServer().isAlive()).isTrue();
    }
  }

  @Test
  void everyAccountThatMayWorkForRootIsTried() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root needs another account");
    for (var account : Account.candidates()) {
      var own = Files.createDirectories(home.resolve("as-" + account.prefix().getFirst()));
      Files.writeString(own.resolve("password"), "geheim");
      var cluster =
          new Cluster(
              PostgresBinaries.in(TestHome.shared()),
              account,
              own.resolve("data"),
              own.resolve("log"));
      cluster.init(own.resolve("password"), List.of("--no-sync"));
      try {
        cluster.start(List.of(), Ports.free(), "geheim", Map.of());
        assertThat(Postmaster.running(cluster.data())).isPresent();
      } finally {
        cluster.stop(Cluster.Stop.FAST);
      }
      assertThat(Postmaster.running(cluster.data())).isEmpty();
    }
  }

  private ProcessHandle onlyServer() throws Exception {
    var folders = Folders.in(home.resolve("scratch"));
    assertThat(folders).hasSize(1);
    return Postmaster.running(folders.getFirst().resolve("data"))
        .flatMap(Postmaster::process)
        .orElseThrow();
  }

  /** A process that starts a scratch server and waits to be killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      try (var _ = ScratchServer.start(TestHome.postgres(Path.of(arguments[0])))) {
        System.out.println("started");
        new CountDownLatch(1).await();
      }
    }
  }
}
