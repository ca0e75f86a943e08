package dev.slipway.activities.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.action.FailureType;
import dev.slipway.activities.home.Home;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
  @TempDir private Path folder;

  @Test
  void theFileComesBeforeTheVariable() throws Exception {
    write("# comment\n\nTOKEN=from = the file \n", "rw-------");
    var secrets =
        secrets(Map.of("SLIPWAY_SECRET_TOKEN", "variable", "SLIPWAY_SECRET_OTHER", "other"));

    assertThat(secrets.require("TOKEN")).isEqualTo("from = the file ");
    assertThat(secrets.require("OTHER")).isEqualTo("other");
  }

  @Test
  void aMissingSecretNamesBothPlaces() throws Exception {
    write("TOKEN=\n", "rw-------");

    for (var name : new String[] {"TOKEN", "ABSENT"}) {
      assertThatThrownBy(() -> secrets(Map.of()).require(name))
          .isInstanceOfSatisfying(
              StepFailedException.class,
              e -> {
                assertThat(e.failure().type()).isEqualTo(FailureType.CONFIGURATION);
                assertThat(e.failure().happened()).contains("`" + name + "`");
                assertThat(e.failure().advice())
                    .contains(folder.resolve("secrets.properties").toString())
                    .contains("SLIPWAY_SECRET_" + name);
              });
    }
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws Exception {
    write("TOKEN=secret\n", "rw-r-----");

    assertThatThrownBy(() -> secrets(Map.of()).require("TOKEN"))
        .isInstanceOfSatisfying(
            StepFailedException.class, e -> assertThat(e.failure().advice()).contains("chmod 600"));
  }

  @Test
  void aSecretThatCannotBeMaskedIsRefused() {
    assertThatThrownBy(() -> secrets(Map.of("SLIPWAY_SECRET_PIN", "123")).require("PIN"))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("shorter than 4")
        .hasMessageNotContaining("123");
  }

  private Secrets secrets(Map<String, String> env) {
    return new Secrets(Home.at(folder), env);
  }

  private void write(String content, String mode) throws IOException {
    var file = Files.writeString(folder.resolve("secrets.properties"), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
