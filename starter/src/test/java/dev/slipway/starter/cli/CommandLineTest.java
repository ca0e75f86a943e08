package dev.slipway.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.action.ActionCatalog;
import dev.slipway.activities.environment.Ledger;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.store.FolderStore;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.json.Json;
import dev.slipway.starter.terminal.Terminal;
import dev.slipway.starter.view.Paint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  private static final String PIPELINE =
      """
      application: shop
      stages:
        - name: build
          steps:
            - name: hello
              action: run
              params: {command: [echo, hello]}
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int slipway(String... arguments) {
    var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, Paint.PLAIN);
    var surroundings =
        new Surroundings(Home.at(folder.resolve("home")), folder, Map.of(), terminal);
    var exitCode = CommandTree.of(surroundings).execute(arguments);
    terminal.out().flush();
    terminal.err().flush();
    return exitCode;
  }

  @Test
  void aValidFileIsSaidToBe() throws IOException {
    Files.writeString(folder.resolve("slipway.yaml"), PIPELINE);

    assertThat(slipway("validate")).isZero();
    assertThat(out.toString()).startsWith("valid: shop, 1 stages, 1 steps").isNotEmpty();
  }

  @Test
  void anInvalidFileExitsWithTwoAndNamesThePlace() throws IOException {
    Files.writeString(
        folder.resolve("slipway.yaml"), PIPELINE.replace("action: run", "action: rum"));

    assertThat(slipway("validate")).isEqualTo(2);
    assertThat(out.toString()).contains("slipway.yaml:6:").contains("rum").contains("did you mean");
  }

  @Test
  void validationAnswersProgramsInJson() throws IOException {
    Files.writeString(folder.resolve("slipway.yaml"), PIPELINE);

    assertThat(slipway("validate", "--json")).isZero();
    assertThat(out.toString()).contains("\"valid\" : true").contains("\"application\" : \"shop\"");
  }

  @Test
  void aNameThatIsTheFoldersIsNoted() throws IOException {
    Files.writeString(folder.resolve("slipway.yaml"), PIPELINE.replace("application: shop\n", ""));

    assertThat(slipway("validate")).isZero();
    assertThat(err.toString()).contains("is called", "to keep that: application: ");
  }

  @Test
  void aNameThatIsWrittenIsNot() throws IOException {
    Files.writeString(folder.resolve("slipway.yaml"), PIPELINE);

    assertThat(slipway("validate")).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void npmWithoutALockFileIsWarnedOfWhereTheRepositoryIsAtHand() throws IOException {
    var npm =
        PIPELINE
            .replace("action: run", "action: npm_run_build\n        directory: web")
            .replace("        params: {command: [echo, hello]}\n", "");
    Files.writeString(folder.resolve("slipway.yaml"), npm);
    assertThat(slipway("validate")).isZero();
    assertThat(out.toString()).doesNotContain("package-lock.json");

    Files.createDirectories(folder.resolve(".git"));
    assertThat(slipway("validate")).isZero();
    assertThat(out.toString())
        .contains("slipway.yaml:7:20", "`web` has no package-lock.json", "npm install");

    Files.createDirectories(folder.resolve("web"));
    Files.writeString(folder.resolve("web/package-lock.json"), "{}");
    out.getBuffer().setLength(0);
    assertThat(slipway("validate")).isZero();
    assertThat(out.toString()).doesNotContain("package-lock.json");
  }

  @Test
  void aMissingFileIsWrongInput() {
    assertThat(slipway("validate", "nowhere.yaml")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no file nowhere.yaml");
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheOneThatWasMeant() {
    assertThat(slipway("validat")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            """
            slipway: slipway has no command validat
              did you mean slipway validate? see: slipway --help
            """);
  }

  @Test
  void aMistypedOptionIsAnsweredWithTheOneThatWasMeant() {
    assertThat(slipway("run", "--detatch")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            """
            slipway: slipway run has no option --detatch
              did you mean --detach? see: slipway run --help
            """);
  }

  @Test
  void whatIsMissingTooMuchOrNoNumberIsSaidInOurWords() {
    assertThat(slipway("env", "stop")).isEqualTo(2);
    assertThat(slipway("run", "--commit")).isEqualTo(2);
    assertThat(slipway("runs", "--limit", "many")).isEqualTo(2);
    assertThat(slipway("cancel", "1", "2")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "slipway: slipway env stop needs ENVIRONMENT",
            "slipway: --commit needs a value: REV",
            "slipway: many is no value for --limit",
            "slipway: slipway cancel does not know what to do with 2",
            "see: slipway cancel --help");
  }

  @Test
  void whoNamesNoCommandIsShownThem() {
    assertThat(slipway()).isZero();
    assertThat(out.toString()).contains("Usage: slipway", "validate");

    assertThat(slipway("env")).isZero();
    assertThat(out.toString()).contains("Usage: slipway env", "lift-hold");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void programsReadFailuresAsOneObject() throws IOException {
    assertThat(slipway("status", "shop/7", "--json")).isEqualTo(2);

    var error = error();
    assertThat(error.path("message").asText()).isEqualTo("there is no run shop/7");
    assertThat(error.path("hint").asText()).contains("applications with runs");
    assertThat(error.path("exitCode").asInt()).isEqualTo(2);
    assertThat(err.toString()).contains("there is no run shop/7");
  }

  @Test
  void programsReadUsageErrorsAsOneObject() throws IOException {
    assertThat(slipway("run", "--jsn", "--json")).isEqualTo(2);
    assertThat(error().path("hint").asText()).startsWith("did you mean --json?");
  }

  @Test
  void peopleReadFailuresOnTheErrorStreamAlone() {
    assertThat(slipway("status", "shop/7")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void programsReadWhatWasStopped() throws IOException {
    assertThat(slipway("server", "stop", "--json")).isZero();
    var stopped = Json.mapper().readTree(out.toString());
    assertThat(stopped.path("databaseStopped").isBoolean()).isTrue();
    assertThat(stopped.path("goingOn").isArray()).isTrue();
  }

  private JsonNode error() throws IOException {
    return Json.mapper().readTree(out.toString()).path("error");
  }

  @Test
  void outsideOfARepositoryARunStartsNothing() {
    assertThat(slipway("run")).isEqualTo(2);
    assertThat(err.toString()).contains("no Git repository");
    assertThat(folder.resolve("home/server.json")).doesNotExist();
  }

  @Test
  void withoutRunsTheListSaysHowToStartOne() {
    assertThat(slipway("runs")).isZero();
    assertThat(out.toString()).contains("slipway run");
  }

  @Test
  void aRunThatIsNotThereIsWrongInput() {
    assertThat(slipway("status", "shop/7")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no run shop/7");
  }

  @Test
  void textThatIsNoRunIsWrongInput() {
    assertThat(slipway("status", "../../etc")).isEqualTo(2);
    assertThat(err.toString()).contains("is no run");
  }

  @Test
  void noServerIsSaidWithHowToStartIt() {
    assertThat(slipway("server", "status")).isEqualTo(1);
    assertThat(out.toString()).contains("no server runs").contains("slipway server start");
  }

  @Test
  void stoppingWhatDoesNotRunIsNoFailure() {
    assertThat(slipway("server", "stop")).isZero();
  }

  @Test
  void aBareEnvironmentOutsideOfARepositoryIsNobodys() throws IOException {
    Files.createDirectories(folder.resolve("home/target/other/staging"));

    assertThat(slipway("env", "stop", "staging")).isEqualTo(2);
    assertThat(err.toString()).contains("whose staging is not clear");
  }

  @Test
  void aBareEnvironmentNeverMeansAnotherApplications() throws IOException {
    Files.createDirectories(folder.resolve("home/target/other/staging"));
    Files.writeString(folder.resolve("slipway.yaml"), PIPELINE);

    assertThat(slipway("env", "stop", "staging")).isEqualTo(2);
    assertThat(err.toString()).doesNotContain("other/staging is stopped");
  }

  @Test
  void outsideOfARepositoryNoRunIsChangedThatNobodyNamed() {
    assertThat(slipway("cancel")).isEqualTo(2);
    assertThat(err.toString()).contains("which run is not clear");
    assertThat(slipway("approve")).isEqualTo(2);
  }

  @Test
  void anEnvironmentThatNobodyUsedIsWrongInput() {
    assertThat(slipway("history", "shop/production")).isEqualTo(2);
    assertThat(err.toString()).contains("nothing was ever released to shop/production");
  }

  @Test
  void programsReadWhichEnvironmentWasStopped() throws IOException {
    Files.createDirectories(folder.resolve("home/target/shop/staging"));

    assertThat(slipway("env", "stop", "shop/staging", "--json")).isZero();
    assertThat(Json.mapper().readTree(out.toString()).path("environment").asText())
        .isEqualTo("shop/staging");
  }

  @Test
  void programsReadWhichHoldWasLifted() throws IOException {
    var production = new EnvironmentId("shop", "production");
    var commit = "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334";
    new Ledger(FolderStore.open(folder.resolve("home/store")), Clock.systemUTC())
        .append(production, new LedgerEvent.UndoFailed(1, 1, commit, true, "the disk was full"));

    assertThat(slipway("env", "lift-hold", "shop/production", "a1b2", "--json")).isZero();
    assertThat(Json.mapper().readTree(out.toString()).path("commit").asText()).isEqualTo(commit);
  }

  @Test
  void everyActionIsListedAndOneIsExplained() {
    assertThat(slipway("actions")).isZero();
    ActionCatalog.builtIn()
        .specs()
        .forEach(spec -> assertThat(out.toString()).contains(spec.name()));

    assertThat(slipway("actions", "http_check")).isZero();
    assertThat(out.toString()).contains("expectedStatus", "must be given", "1s");
  }

  @Test
  void anActionThatIsNotThereIsWrongInput() {
    assertThat(slipway("actions", "npm_test")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no action npm_test");
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(slipway("--version")).isZero();
    assertThat(out.toString()).matches("slipway [0-9].*\\R");
  }

  @Test
  void anAddressWithNothingBehindItIsSaidToBeOne() {
    var url = "http://127.0.0.1:18000";
    assertThat(address(url, 2)).isEqualTo(url);
    assertThat(address(url, 0)).isEqualTo(url + " (no replica)");
    assertThat(address(null, 0)).isEqualTo("does not run");
  }

  private static String address(@Nullable String url, int replicas) {
    return EnvCommand.ListAll.address(
        new EnvCommand.ListAll.Line("shop", "staging", 1L, List.of(), url, replicas, null, null));
  }

  @Test
  void theClockIsToldInSeconds() {
    slipway("doctor");
    assertThat(out.toString())
        .containsPattern("clock +[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");
  }
}
