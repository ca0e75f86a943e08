package dev.slipway.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.activities.environment.Ledger;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.store.FolderStore;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.json.Json;
import dev.slipway.pipeline.file.PipelineFile;
import dev.slipway.starter.terminal.Terminal;
import dev.slipway.starter.view.Paint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
  private static final String IN_A_CLUSTER =
      """
      application: tiny
      registry: r.example
      stages:
        - name: build
          steps:
            - {name: image, action: docker_build, params: {push: true}}
        - name: staging
          steps:
            - {name: deploy, action: k8s_deploy, params: {namespace: staging, image: "${DOCKER_IMAGE}"}}
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private TestRepository repository = new TestRepository(Path.of(""));

  @BeforeEach
  void begin() throws Exception {
    repository = new TestRepository(Files.createDirectory(folder.resolve("tiny")));
    write(PipelineFile.NAME, Files.readString(Path.of("../examples/tiny/slipway.yaml")));
    write("db/migrations/V1__notes.sql", "CREATE TABLE notes (id integer);");
    write("db/migrations/U1__notes.sql", "DROP TABLE notes;");
    repository.begin();
  }

  private void write(String file, String text) throws IOException {
    var path = repository.folder().resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private int slipway(String... arguments) {
    out.getBuffer().setLength(0);
    var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, Paint.PLAIN);
    var surroundings =
        new Surroundings(Home.at(folder.resolve("home")), repository.folder(), Map.of(), terminal);
    var exitCode = CommandTree.of(surroundings).execute(arguments);
    terminal.out().flush();
    terminal.err().flush();
    return exitCode;
  }

  private JsonNode json() throws IOException {
    return Json.mapper().readTree(out.toString());
  }

  @Test
  void everyEnvironmentIsPlannedWithItsOrderAndItsMigrations() throws Exception {
    assertThat(slipway("plan")).as(err.toString()).isZero();

    assertThat(out.toString())
        .contains("tiny/staging  release 1 would be commit " + head(), "Begin")
        .contains("tiny/production  release 1 would be commit")
        .contains("by the ledger the schema goes from version 0 to 1: V1__notes.sql")
        .contains("production comes after staging, which gets the commit first, by the same run")
        .contains("nothing was changed");
  }

  private String head() throws Exception {
    return repository.git("rev-parse", "HEAD").substring(0, 8);
  }

  @Test
  void aCommitThatIsHeldIsRefused() throws Exception {
    hold("production");

    assertThat(slipway("plan", "production")).isEqualTo(1);
    assertThat(out.toString())
        .contains("refused: production refuses commit " + head() + ": it contains")
        .contains("slipway env lift-hold production", "this release would be refused");

    assertThat(slipway("plan", "production", "--json")).isEqualTo(1);
    assertThat(json().get(0).at("/refusals/0/happened").asText()).contains("it contains");
    assertThat(json().get(0).path("possible").asBoolean()).isFalse();
    assertThat(slipway("plan", "staging")).isZero();
  }

  @Test
  void aCommitThatIsHeldInTheEnvironmentBeforeIsRefused() throws Exception {
    hold("staging");

    assertThat(slipway("plan", "production")).isEqualTo(1);
    assertThat(out.toString())
        .contains("refused: staging refuses commit " + head() + ": it contains")
        .contains("slipway env lift-hold staging", "this release would be refused");
  }

  private void hold(String environment) throws Exception {
    var bad = repository.git("rev-parse", "HEAD").strip();
    new Ledger(FolderStore.open(folder.resolve("home/store")), Clock.systemUTC())
        .append(
            new EnvironmentId("tiny", environment),
            new LedgerEvent.UndoFailed(1, 1, bad, true, "the disk was full"));
  }

  @Test
  void afterAFailedWayBackNobodyKnowsTheSchema() throws Exception {
    hold("staging");

    assertThat(slipway("plan", "staging")).isEqualTo(1);
    assertThat(out.toString())
        .contains("nobody knows at which version the schema is")
        .doesNotContain("V1__notes.sql");
  }

  @Test
  void aClusterThatDoesNotAnswerIsNoRefusalAndTheHoldIsToldAllTheSame() throws Exception {
    write(PipelineFile.NAME, IN_A_CLUSTER);
    repository.commit("Go to a cluster");
    hold("staging");
    knowClusterThatDoesNotAnswer();

    assertThat(slipway("plan", "staging", "--json")).isEqualTo(1);
    assertThat(json().get(0).at("/refusals/0/type").asText())
        .as(out.toString())
        .isEqualTo("TRANSIENT");
    assertThat(json().get(0).at("/refusals/1/happened").asText()).contains("it contains");
  }

  private void knowClusterThatDoesNotAnswer() throws IOException {
    var clusters = Files.createDirectories(folder.resolve("home/clusters"));
    Files.writeString(
        clusters.resolve("default.kubeconfig"),
        """
        ---
        {apiVersion: v1, kind: Config, current-context: slipway,
         clusters: [{name: c, cluster: {server: 'http://127.0.0.1:1'}}],
         users: [{name: u, user: {token: t}}],
         contexts: [{name: slipway, context: {cluster: c, user: u}}]}
        """);
    Files.writeString(clusters.resolve("default.uid"), "1");
  }

  @Test
  void aMigrationWithoutAWayBackIsRefused() throws Exception {
    Files.delete(repository.folder().resolve("db/migrations/U1__notes.sql"));
    repository.commit("Forget it");

    assertThat(slipway("plan", "staging")).isEqualTo(1);
    assertThat(out.toString()).contains("refused in migrate: ", "U1__notes.sql");
  }

  @Test
  void aClusterThatNobodyKnowsIsNoPlan() throws Exception {
    write(PipelineFile.NAME, IN_A_CLUSTER);
    repository.commit("Go to a cluster");

    assertThat(slipway("plan", "staging")).isEqualTo(1);
    assertThat(out.toString()).contains("refused: ", "slipway cluster add");
  }

  @Test
  void anEnvironmentThatIsNotThereIsAnsweredWithTheOneThatWasMeant() {
    assertThat(slipway("plan", "stagin")).isEqualTo(2);
    assertThat(err.toString()).contains("the pipeline has no environment stagin", "did you mean");
  }

  @Test
  void aFileWithErrorsIsWrongInput() throws Exception {
    write(PipelineFile.NAME, IN_A_CLUSTER.replace("k8s_deploy", "k8s_deplo"));
    repository.commit("Break it");

    assertThat(slipway("plan")).isEqualTo(2);
    assertThat(err.toString()).contains("k8s_deplo", "can't be run");
  }

  @Test
  void nothingIsLeftBehindAndNothingIsRecorded() throws Exception {
    assertThat(slipway("plan")).isZero();

    try (var work = Files.list(folder.resolve("home/work"))) {
      assertThat(work.filter(Files::isDirectory)).isEmpty();
    }
    assertThat(folder.resolve("home/store/names/ledger")).doesNotExist();
    assertThat(folder.resolve("home/store/names/runs")).doesNotExist();
    assertThat(folder.resolve("home/server.json")).doesNotExist();
  }
}
