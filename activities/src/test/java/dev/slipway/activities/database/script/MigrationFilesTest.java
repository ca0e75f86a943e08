package dev.slipway.activities.database.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationFilesTest {
  @TempDir private Path workspace;
  @TempDir private Path elsewhere;
  private Path folder;

  @BeforeEach
  void prepare() throws Exception {
    folder = Files.createDirectories(workspace.resolve("db/migrations"));
  }

  @Test
  void migrationsComeInTheOrderOfTheirNumbers() throws Exception {
    write("V10__ten.sql", "SELECT 10");
    write("V2__add_orders.sql", "SELECT 2");
    write("U2__add_orders.sql", "SELECT -2");
    write("README.md", "what this is");

    var files = MigrationFiles.read(workspace, folder);

    assertThat(files.problems()).isEmpty();
    assertThat(files.migrations().stream().map(m -> m.version().text())).containsExactly("2", "10");
    assertThat(files.migrations().getFirst().name()).isEqualTo("add orders");
    assertThat(files.migrations().getFirst().down()).isPresent();
    assertThat(files.newest()).isEqualTo(Version.of("10"));
    assertThatThrownBy(files::sound)
        .hasMessageContaining("V10__ten.sql has no U10__ten.sql to take it back");
  }

  @Test
  void everyProblemIsNamedAtOnce() throws Exception {
    write("V1_x.sql", "SELECT 1");
    write("V2__a.sql", "SELECT 1");
    write("V2.0__b.sql", "SELECT 1");
    write("V3__empty.sql", "-- nothing\n");
    Files.write(folder.resolve("V4__binary.sql"), new byte[] {'S', 0, 'x'});
    Files.write(folder.resolve("V5__latin.sql"), new byte[] {'S', (byte) 0xe4});
    Files.write(folder.resolve("V6__huge.sql"), new byte[5 * 1024 * 1024]);
    write("R__view.sql", "SELECT 1");
    write("beforeMigrate.sql", "SELECT 1");
    write("V2__a.sql.conf", "executeInTransaction=false");
    Files.createDirectories(folder.resolve("more"));
    write("more/V7__below.sql", "SELECT 1");
    Files.writeString(elsewhere.resolve("secret.sql"), "SELECT 'secret'");
    Files.createSymbolicLink(folder.resolve("V8__link.sql"), elsewhere.resolve("secret.sql"));
    write("V9__mark.sql", "\uFEFFSELECT 1");

    assertThat(MigrationFiles.read(workspace, folder).problems())
        .satisfiesExactlyInAnyOrder(
            p ->
                assertThat(p)
                    .startsWith("V1_x.sql: no migration's name")
                    .contains("two underscores"),
            p -> assertThat(p).contains("have the same version 2"),
            p -> assertThat(p).isEqualTo("V3__empty.sql: holds no statement"),
            p -> assertThat(p).startsWith("V4__binary.sql: is no text but binary"),
            p -> assertThat(p).startsWith("V5__latin.sql: is no text in UTF-8"),
            p -> assertThat(p).startsWith("V6__huge.sql: has more than 4 MiB"),
            p -> assertThat(p).startsWith("R__view.sql: a repeatable migration"),
            p -> assertThat(p).startsWith("beforeMigrate.sql: no migration's name"),
            p -> assertThat(p).startsWith("V2__a.sql.conf: settings"),
            p -> assertThat(p).startsWith("more/ holds SQL"),
            p -> assertThat(p).startsWith("V8__link.sql: is no file of the commit"),
            p -> assertThat(p).startsWith("V9__mark.sql: begins with a byte order mark"));
  }

  @Test
  void anUndoWithoutItsMigrationIsAMistake() throws Exception {
    write("V1__a.sql", "SELECT 1");
    write("U1__a.sql", "SELECT 1");
    write("U2__b.sql", "SELECT 1");

    assertThat(MigrationFiles.read(workspace, folder).problems())
        .containsExactly("U2__b.sql: there is no migration 2 to take back");
  }

  @Test
  void aFolderThatIsMissingEmptyOrOutsideIsAMistakeOfTheFile() throws Exception {
    Files.createSymbolicLink(workspace.resolve("out"), elsewhere);
    Files.writeString(elsewhere.resolve("V1__a.sql"), "SELECT 1");

    for (var wrong : new Path[] {workspace.resolve("none"), folder, workspace.resolve("out")}) {
      assertThatThrownBy(() -> MigrationFiles.read(workspace, wrong))
          .asInstanceOf(InstanceOfAssertFactories.type(StepFailedException.class))
          .extracting(e -> e.failure().type())
          .isEqualTo(FailureType.CONFIGURATION);
    }
  }

  @Test
  void howLinesEndDoesNotChangeAChecksum() {
    assertThat(new SqlFile("a", "SELECT 1\r\n").checksum())
        .isEqualTo(new SqlFile("b", "SELECT 1\n").checksum())
        .isNotEqualTo(new SqlFile("b", "SELECT 2\n").checksum());
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text);
  }
}
