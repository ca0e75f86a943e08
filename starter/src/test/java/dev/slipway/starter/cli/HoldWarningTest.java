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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldWarningTest {
  @TempDir Path folder;
  private TestRepository repository = new TestRepository(Path.of(""));
  private Surroundings surroundings = Surroundings.ofProcess();

  @BeforeEach
  void start() throws Exception {
    repository = new TestRepository(Files.createDirectory(folder.resolve("tiny")));
    Files.copy(
        Path.of("../examples/tiny/slipway.yaml"), repository.folder().resolve(PipelineFile.NAME));
    var nowhere = new PrintWriter(new StringWriter());
    surroundings =
        new Surroundings(
            Home.at(folder.resolve("home")),
            repository.folder(),
            Map.of(),
            new Terminal(nowhere, nowhere, false, Paint.PLAIN));
    repository.begin();
  }

  @Test
  void aHeldCommitIsWarnedOfBeforeTheRun() throws Exception {
    var bad = repository.git("rev-parse", "HEAD").strip();
    hold(bad);
    repository.commit("Go on");

    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith("warning: production will refuse this commit: it contains " + brief(bad))
        .contains("slipway env lift-hold production " + brief(bad));
  }

  @Test
  void aRevertedOneIsNot() throws Exception {
    repository.commit("Break it");
    hold(repository.git("rev-parse", "HEAD").strip());
    repository.git("revert", "--no-edit", "HEAD");

    assertThat(warnings()).isEmpty();
  }

  @Test
  void whereNothingIsHeldGitIsNotAsked() throws Exception {
    assertThat(warnings()).isEmpty();
    assertThat(surroundings.home().mirror("tiny")).doesNotExist();
  }

  private List<String> warnings() throws Exception {
    try (var reader = CommitReader.open(repository.folder())) {
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
}
