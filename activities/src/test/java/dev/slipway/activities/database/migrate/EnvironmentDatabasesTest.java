package dev.slipway.activities.database.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.database.TestDatabases;
import dev.slipway.activities.database.postgres.PostgresDatabase;
import dev.slipway.activities.database.postgres.PostgresServer;
import dev.slipway.activities.database.postgres.TestHome;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LocalDeployment;
import dev.slipway.pipeline.EnvironmentSpec;
import dev.slipway.pipeline.EnvironmentSpec.LocalRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentDatabasesTest {
  private static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");
  private static final PostgresDatabase NOWHERE =
      new PostgresDatabase("localhost", 1, "none", "none", "none", Map.of());

  @Test
  void theEmbeddedServerStartsWithTheFirstDatabaseAndStopsWhenTold() throws Exception {
    var folder = TestHome.fresh();
    var server = PostgresServer.in(TestHome.postgres(folder));
    try {
      var databases = new EnvironmentDatabases(server, name -> "");
      assertThat(new ReplicaDatabase(databases).variables(STAGING, deployment(Map.of(), null)))
          .isEmpty();
      assertThat(server.isRunning()).isFalse();

      var database = databases.find(STAGING, EnvironmentSpec.EMBEDDED_DATABASE).orElseThrow();

      assertThat(TestDatabases.value(database, "SELECT 1")).isEqualTo("1");
      assertThat(
              new ReplicaDatabase(databases)
                  .variables(STAGING, deployment(Map.of(), EnvironmentSpec.EMBEDDED_DATABASE)))
          .containsExactly(
              Map.entry(
                  "DATABASE_URL",
                  "postgres://%s:%s@127.0.0.1:%d/%s"
                      .formatted(
                          database.user(), database.password(), database.port(), database.name())));
    } finally {
      server.stop();
    }
    assertThat(server.isRunning()).isFalse();
    TestHome.remove(folder);
  }

  @Test
  void secretsReachReplicasWhateverCharactersTheyHave(@TempDir Path folder) throws Exception {
    var databases =
        new EnvironmentDatabases(
            PostgresServer.in(TestHome.postgres(folder)), name -> name + ":&%/?#@ +");

    var variables =
        new ReplicaDatabase(databases)
            .variables(
                STAGING,
                deployment(
                    Map.of("API_KEY", "${secret:KEY}", "PLAIN", "plain"),
                    "jdbc:postgresql://db.example:5433/shop?user=app&password=${secret:PW}"));

    assertThat(variables)
        .containsOnly(
            Map.entry("API_KEY", "KEY:&%/?#@ +"),
            Map.entry(
                "DATABASE_URL",
                "postgres://app:PW%3A%26%25%2F%3F%23%40%20%2B@db.example:5433/shop"));
  }

  private static LocalDeployment deployment(Map<String, String> env, @Nullable String database) {
    var release = new Shop(STAGING.name(), NOWHERE, Path.of("target")).release(1);
    return new LocalDeployment(
        release.labels(),
        release.artifact(),
        new LocalRun(List.of("node"), "PORT", "/health", List.of(), 1, env),
        database,
        1);
  }
}
