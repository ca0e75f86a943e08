package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process with the worker, or Temporal, or both are killed in the middle of a step: the run
 * goes on and ends well, nothing is lost and nothing counts twice. That nothing is left running is
 * checked at the end of each test, when the program is closed.
 */
class KilledWorkerIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Pattern BUILDER = Pattern.compile("building as process (\\d+)");

  @TempDir private Path folder;
  private Slipway slipway;
  private TinyApplication application;

  @BeforeEach
  void start() throws Exception {
    slipway = Slipway.on(Slipway.Engine.DEVELOPMENT_SERVER);
    application = TinyApplication.in(folder.resolve("tiny"));
  }

  @AfterEach
  void stop() throws Exception {
    slipway.close();
  }

  @Test
  void inABuildThatIsBegunAgainWithoutTheFirstOneBesideIt() throws Exception {
    startSlowBuild();
    var first = builder();

    kill(slipway.server());
    assertThat(Processes.isRunning(first)).as("the build outlives its worker").isTrue();
    assertThat(slipway.must(application.folder(), "logs")).contains("building as process");
    slipway.must(application.folder(), "server", "start");
    await().atMost(LIMIT).until(() -> !Processes.isRunning(first));
    application.openGate();

    assertSucceeds();
    assertThat(log("build/compile"))
        .containsSubsequence(
            "building as process " + first.pid(),
            "beginning again",
            "building as process ",
            "built",
            "done in")
        .containsOnlyOnce("built");
    assertReleases(1);
  }

  @Test
  void inABuildThatTheNextCommandBringsToItsEnd() throws Exception {
    startSlowBuild();

    kill(slipway.server());
    application.openGate();

    assertSucceeds();
    assertReleases(1);
  }

  @Test
  void inABuildThatIsEndedWhenNoServerComesAfterIt() throws Exception {
    startSlowBuild();
    var first = builder();

    kill(slipway.server());
    slipway.must(application.folder(), "server", "stop");

    assertThat(Processes.isRunning(first)).isFalse();
    assertThat(Processes.of(slipway.home())).isEmpty();
  }

  @Test
  void inAMigrationThatIsTakenBackAndDoneOnce() throws Exception {
    slipway.must(application.folder(), "run");
    var database = database();
    application
        .write(
            "db/migrations/V2__slow.sql",
            """
            CREATE TABLE gate (id integer);
            INSERT INTO notes VALUES (1, 'once');
            DO $$ BEGIN
              WHILE (SELECT count(*) < 1 FROM pg_stat_activity WHERE application_name = 'gate')
                LOOP PERFORM pg_sleep(0.05); PERFORM pg_stat_clear_snapshot(); END LOOP;
            END $$;
            """)
        .write("db/migrations/U2__slow.sql", "DROP TABLE gate;\nDELETE FROM notes WHERE id = 1;\n")
        .commit("Migrate slowly");
    slipway.must(application.folder(), "run", "--detach");
    await().atMost(LIMIT).until(() -> migrating(database));

    kill(slipway.server());
    await().atMost(LIMIT).until(() -> !migrating(database));
    assertThat(answers(database, "SELECT text FROM notes")).isEmpty();
    try (var _ = DriverManager.getConnection(database + "&ApplicationName=gate")) {
      slipway.must(application.folder(), "server", "start");
      assertSucceeds();
    }

    assertThat(log("staging/migrate"))
        .containsSubsequence("V2__slow.sql", "beginning again", "V2__slow.sql", "done in");
    assertThat(answers(database, "SELECT text FROM notes")).containsExactly("once");
    assertThat(answers(database, "SELECT version FROM flyway_schema_history ORDER BY 1"))
        .containsExactly("1", "2");
    assertThat(live().path("migration").asText()).isEqualTo("2");
    assertReleases(2);
  }

  @Test
  void inAMigrationOutsideOfATransactionWhoseHalfIsTakenBack() throws Exception {
    slipway.must(application.folder(), "run");
    var database = database();
    application
        .write(
            "db/migrations/V2__slow.sql",
            """
            CREATE FUNCTION slowly(text varchar) RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN
              WHILE (SELECT count(*) < 1 FROM pg_stat_activity WHERE application_name = 'gate')
                LOOP PERFORM pg_sleep(0.05); PERFORM pg_stat_clear_snapshot(); END LOOP;
              RETURN text;
            END $$;
            INSERT INTO notes VALUES (1, 'once');
            """)
        .write(
            "db/migrations/U2__slow.sql",
            "DROP FUNCTION slowly(varchar);\nDELETE FROM notes WHERE id = 1;\n")
        .write(
            "db/migrations/V3__index.sql",
            "CREATE INDEX CONCURRENTLY notes_text ON notes (slowly(text));\n")
        .write("db/migrations/U3__index.sql", "DROP INDEX CONCURRENTLY IF EXISTS notes_text;\n")
        .commit("Index slowly");
    slipway.must(application.folder(), "run", "--detach");
    await().atMost(LIMIT).until(() -> migrating(database));

    kill(slipway.server());
    await().atMost(LIMIT).until(() -> !migrating(database));
    assertThat(answers(database, INVALID_INDEXES)).containsExactly("notes_text");
    try (var _ = DriverManager.getConnection(database + "&ApplicationName=gate")) {
      assertSucceeds();
    }

    assertThat(log("staging/migrate")).contains("migration 3 was begun and not ended");
    assertThat(answers(database, INVALID_INDEXES)).isEmpty();
    assertThat(answers(database, "SELECT indexname FROM pg_indexes WHERE tablename = 'notes'"))
        .contains("notes_text");
    assertThat(live().path("migration").asText()).isEqualTo("3");
    assertReleases(2);
  }

  @Test
  void inARolloutWhichNoVisitorNotices() throws Exception {
    slipway.must(application.folder(), "run");
    application.startSlowly().commit("Start slowly");
    try (var visitors = Visitors.of(url())) {
      slipway.must(application.folder(), "run", "--detach");
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> assertThat(log("staging/rollout")).contains("1 of 3 replicas on release 2"));

      kill(slipway.server());
      application.openGate();
      slipway.must(application.folder(), "server", "start");

      assertSucceeds();
      visitors.stop();
      assertThat(visitors.failures()).isEmpty();
      assertThat(visitors.answered()).isGreaterThan(100);
    }
    assertThat(log("staging/rollout")).containsSubsequence("1 of 3", "beginning again", "done in");
    for (var request = 0; request < 9; request++) {
      assertThat(get(url())).isEqualTo("two");
    }
    assertThat(Processes.of(slipway.home()).stream().filter(KilledWorkerIT::isReplica)).hasSize(3);
    assertThat(live().path("release").asLong()).isEqualTo(2);
    assertReleases(2);
  }

  @Test
  void temporalAlone() throws Exception {
    startSlowBuild();
    var server = slipway.server();

    var temporal = slipway.temporal().orElseThrow();
    kill(temporal);
    await().atMost(LIMIT).until(() -> slipway.temporal().filter(Processes::isRunning).isPresent());
    application.openGate();

    assertSucceeds();
    assertThat(Processes.isRunning(server)).as("the worker lives on").isTrue();
    assertReleases(1);
  }

  @Test
  void temporalAndTheWorkerAtOnce() throws Exception {
    startSlowBuild();

    var temporal = slipway.temporal().orElseThrow();
    kill(slipway.server());
    kill(temporal);
    application.openGate();

    assertSucceeds();
    assertReleases(1);
  }

  private static final String INVALID_INDEXES =
      "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid";

  private void startSlowBuild() throws Exception {
    application.buildSlowly().commit("Build slowly");
    slipway.must(application.folder(), "run", "--detach");
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(log("build/compile")).containsPattern(BUILDER));
  }

  /** The process that builds, whose worker can be dead. */
  private ProcessHandle builder() throws IOException {
    var matcher = BUILDER.matcher(log("build/compile"));
    assertThat(matcher.find()).isTrue();
    return ProcessHandle.of(Long.parseLong(matcher.group(1))).orElseThrow();
  }

  private static void kill(ProcessHandle process) {
    assertThat(process.destroyForcibly()).isTrue();
    await().atMost(LIMIT).until(() -> !Processes.isRunning(process));
  }

  private void assertSucceeds() throws Exception {
    var watched = slipway.run(application.folder(), "watch");
    assertThat(watched.code()).as(watched.all()).isZero();
  }

  private void assertReleases(int number) throws Exception {
    var history = slipway.json(application.folder(), "history", "staging");
    assertThat(history).hasSize(number);
    assertThat(history)
        .allSatisfy(
            entry -> assertThat(entry.path("event").path("type").asText()).isEqualTo("released"));
  }

  private JsonNode live() throws Exception {
    return slipway.json(application.folder(), "live", "staging").path(0);
  }

  private URI url() throws Exception {
    return URI.create(live().path("url").asText() + "/");
  }

  /** What the newest run's step has written, whoever is alive. */
  private String log(String step) throws IOException {
    var runs = slipway.home().resolve("store/names/logs/tiny");
    if (!Files.isDirectory(runs)) {
      return "";
    }
    try (var numbers = Files.list(runs)) {
      var newest =
          numbers.mapToLong(run -> Long.parseLong(run.getFileName().toString())).max().orElse(0);
      var log = runs.resolve("%d/%s/1.log".formatted(newest, step));
      return Files.exists(log) ? Files.readString(log) : "";
    }
  }

  private static boolean isReplica(Processes.Found found) {
    return found.commandLine().contains("server.js");
  }

  private static String get(URI place) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(place).build(), BodyHandlers.ofString()).body();
    }
  }

  /** As the application is told it. */
  private String database() throws Exception {
    var told = URI.create(get(url().resolve("/database")));
    var login = told.getUserInfo().split(":", 2);
    return "jdbc:postgresql://%s:%d%s?user=%s&password=%s"
        .formatted(told.getHost(), told.getPort(), told.getPath(), login[0], login[1]);
  }

  private static List<String> answers(String database, String query) throws SQLException {
    try (var connection = DriverManager.getConnection(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var answers = new ArrayList<String>();
      while (rows.next()) {
        answers.add(rows.getString(1));
      }
      return answers;
    }
  }

  private static boolean migrating(String database) throws SQLException {
    return !answers(
            database,
            "SELECT query FROM pg_stat_activity WHERE state = 'active'"
                + " AND application_name = 'slipway' AND (query LIKE 'DO%' OR query LIKE 'CREATE INDEX%')")
        .isEmpty();
  }
}
