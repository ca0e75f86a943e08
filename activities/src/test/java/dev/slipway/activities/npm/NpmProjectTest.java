package dev.slipway.activities.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NpmProjectTest {
  private static final String LOCK = "{\"lockfileVersion\": 3, \"packages\": {\"\": {}}}";

  @TempDir private Path folder;

  @Test
  void aProjectThatItsLockFileDescribesIsSelfContained() throws Exception {
    var project =
        read("{}", "{\"packages\": {\"\": {}, \"node_modules/a\": {\"version\": \"1\"}}}");

    assertThat(project.isSelfContained()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"scripts\": {\"postinstall\": \"patch-package\"}}",
        "{\"scripts\": {\"prepare\": \"husky\"}}",
        "{\"workspaces\": [\"packages/*\"]}",
      })
  void aProjectThatTakesPartInItsInstallationIsNot(String manifest) throws Exception {
    assertThat(read(manifest, LOCK).isSelfContained()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"packages\": {\"\": {}, \"packages/a\": {}}}",
        "{\"packages\": {\"\": {}, \"node_modules/a\": {\"link\": true, \"resolved\": \"a\"}}}",
        "{\"packages\": {\"\": {}, \"node_modules/a\": {\"resolved\": \"file:a.tgz\"}}}",
        "{\"lockfileVersion\": 1, \"dependencies\": {\"a\": {\"version\": \"file:../a\"}}}",
      })
  void dependenciesInTheRepositoryAreNot(String lock) throws Exception {
    assertThat(read("{}", lock).isSelfContained()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "\u0000"})
  void whatIsNoJsonObjectIsASetting(String manifest) {
    assertThatThrownBy(() -> read(manifest, LOCK))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("package.json");
  }

  private NpmProject read(String manifest, String lock) throws IOException, StepFailedException {
    Files.writeString(folder.resolve("package.json"), manifest);
    Files.writeString(folder.resolve("package-lock.json"), lock);
    return NpmProject.read(folder);
  }
}
