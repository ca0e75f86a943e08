package dev.slipway.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.environment.Ledger;
import dev.slipway.activities.home.Home;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LedgerEvent;
import dev.slipway.pipeline.file.PipelineFile;
import dev.slipway.starter.source.CommitReader;
import dev.slipway.starter.terminal.Terminal;
import dev.slipway.starter.view.Paint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldWarningTest {
  @TempDir Path folder;
  private Path repository = Path.of("");
  private Surroundings surroundings = Surroundings.ofProcess();

  @BeforeEach
  void start() throws Exception {
    repository = Files.createDirectory(folder.resolve("tiny"));
    Files.copy(Path.of("../examples/tiny/slipway.yaml"), repository.resolve(PipelineFile.NAME));
    var nowhere = new PrintWriter(new StringWriter());
    surroundings =
        new Surroundings(
            Home.at(folder.resolve("home")),
            repository,
            Map.of(),
            new Terminal(nowhere, nowhere, false, Paint.PLAIN));
    git("init", "--quiet");
    git("add", ".");
    commit("Begin");
  }

  @Test
  void aHeldCommitIsWarnedOfBeforeTheRun() throws Exception {
    var bad = git("rev-parse", "HEAD").strip();
    hold(bad);
    commit("Go on");

    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith("warning: production will refuse this commit: it contains " + brief(bad))
        .contains("slipway env lift-hold production " + brief(bad));
  }

  @Test
  void aRevertedOneIsNot() throws Exception {
    commit("Break it");
    hold(git("rev-parse", "HEAD").strip());
    git("revert", "--no-edit", "HEAD");

    assertThat(warnings()).isEmpty();
  }

  @Test
  void whereNothingIsHeldGitIsNotAsked() throws Exception {
    assertThat(warnings()).isEmpty();
    assertThat(surroundings.home().mirror("tiny")).doesNotExist();
  }

  private List<String> warnings() throws Exception {
    try (var reader = CommitReader.open(repository)) {
      var commit = reader.read(".", Optional.empty(), PipelineFile.NAME);
      var valid = (PipelineFile.Valid) commit.file();
      return new HoldWarning(surroundings).lines(valid.pipeline(), commit);
    }
  }

  private void hold(String commit) throws IOException {
    new Ledger(surroundings.store(), Clock.systemUTC())
        .append(
            new EnvironmentId("tiny", "production"),
            new LedgerEvent.UndoFailed(1, 1, commit, true, "the disk was full"));
  }

  private static String brief(String commit) {
    return commit.substring(0, 8);
  }

  private void commit(String subject) throws IOException, InterruptedException {
    Files.writeString(repository.resolve("change"), subject);
    git("add", ".");
    git("commit", "--quiet", "--message", subject);
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(List.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@tiny.example"));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command)
            .directory(repository.toFile())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
