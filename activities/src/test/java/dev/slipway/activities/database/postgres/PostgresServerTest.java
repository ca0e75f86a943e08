package dev.slipway.activities.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.environment.EnvironmentId;
import dev.slipway.step.StepFailedException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresServerTest {
  private static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");
  private static final EnvironmentId PRODUCTION = new EnvironmentId("shop", "production");

  private static Path home;
  private static PostgresServer server;

  @BeforeAll
  static void prepare() throws Exception {
    home = TestHome.fresh();
    server = PostgresServer.in(TestHome.postgres(home));
  }

  @AfterAll
  static void remove() throws Exception {
    server.stop();
    Folders.remove(home);
  }

  @Test
  void anEnvironmentGetsADatabaseThatOnlyItsOwnLoginOpens() throws Exception {
    var staging = server.database(STAGING);
    var production = server.database(PRODUCTION);

    assertThat(server.database(STAGING)).isEqualTo(staging);
    assertThat(production.name()).isNotEqualTo(staging.name()).startsWith("shop_production_");
    try (var connection = open(staging)) {
      assertThat(value(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
          .isEqualTo("f");
      connection.createStatement().execute("CREATE TABLE kept (id int)");
    }
    assertThatThrownBy(
            () ->
                open(production.as(production.name(), staging.user(), staging.password())).close())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
    assertThatThrownBy(
            () -> open(staging.as("postgres", staging.user(), staging.password())).close())
        .isInstanceOf(SQLException.class);
    assertThat(Files.getPosixFilePermissions(home.resolve("password")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(staging.toString()).doesNotContain(staging.password());
  }

  @Test
  void aServerThatRunsIsAdoptedAndOneThatWasKilledStartsAgainOnItsPort() throws Exception {
    var before = server.database(STAGING);
    try (var connection = open(before)) {
      connection.createStatement().execute("CREATE TABLE survivor AS SELECT 42 AS answer");
    }
    var data = home.resolve("data");
    var first = Postmaster.running(data).orElseThrow();

    var afterOurDeath = PostgresServer.in(TestHome.postgres(home));
    assertThat(afterOurDeath.database(STAGING)).isEqualTo(before);
    assertThat(Postmaster.running(data)).contains(first);

    var process = first.process().orElseThrow();
    process.destroyForcibly();
    await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
    var restarted = afterOurDeath.database(STAGING);
    assertThat(restarted).isEqualTo(before);
    assertThat(Postmaster.running(data)).isPresent().isNotEqualTo(Optional.of(first));
    try (var connection = open(restarted)) {
      assertThat(value(connection, "SELECT answer FROM survivor")).isEqualTo("42");
      assertThat(value(connection, "SHOW fsync")).isEqualTo("on");
      assertThat(value(connection, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void aStoppedServerKeepsItsPortAndSaysWhoNeedsItWhenItIsTaken() throws Exception {
    var database = server.database(STAGING);
    server.stop();
    assertThat(server.isRunning()).isFalse();

    try (var taken = new ServerSocket(database.port(), 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(server::start)
          .isInstanceOf(StepFailedException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("in use");
    }
    server.start();

    assertThat(server.database(STAGING).port()).isEqualTo(database.port());
  }

  @Test
  void aPidOfAnotherProgramIsNotTakenForAServer() throws Exception {
    server.start();
    server.stop();
    var pidFile = home.resolve("data/postmaster.pid");
    Files.writeString(pidFile, ProcessHandle.current().pid() + "\n/x\n1\n5432\n\n127.0.0.1\n");

    assertThat(server.isRunning()).isFalse();
    server.start();

    assertThat(server.isRunning()).isTrue();
  }

  @Test
  void applicationsGetAUrlThatEveryLibraryReads() throws Exception {
    var database =
        PostgresDatabase.ofJdbcUrl(
            "jdbc:postgresql://db.example:6543/shop?user=app&password=a%20b%2Fc%40&sslmode=require");

    assertThat(database.url())
        .isEqualTo("postgres://app:a%20b%2Fc%40@db.example:6543/shop?sslmode=require");
    assertThat(database.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6543/shop");
  }

  @Test
  void aUrlThatIsNoneIsRefusedWithoutRepeatingIt() {
    for (var url :
        List.of(
            "mysql://u:geheim@h/d",
            "jdbc:postgresql://h/d?password=geheim",
            "jdbc:postgresql://a,b/d?user=u&password=geheim")) {
      assertThatThrownBy(() -> PostgresDatabase.ofJdbcUrl(url))
          .isInstanceOf(StepFailedException.class)
          .message()
          .doesNotContain("geheim");
    }
  }

  private static Connection open(PostgresDatabase database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.properties());
  }

  private static String value(Connection connection, String query) throws SQLException {
    try (var rows = connection.createStatement().executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
