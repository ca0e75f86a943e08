package dev.slipway.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.action.ActionCatalog;
import dev.slipway.activities.home.Home;
import dev.slipway.starter.terminal.Terminal;
import dev.slipway.starter.view.Paint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
  void aMissingFileIsWrongInput() {
    assertThat(slipway("validate", "nowhere.yaml")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no file nowhere.yaml");
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheOneThatWasMeant() {
    assertThat(slipway("validat")).isEqualTo(2);
    assertThat(err.toString()).contains("validate");
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
}
