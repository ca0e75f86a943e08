package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The storefront's whole way, and its story. */
class DemoIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Slipway.Engine.class)
  void tellsTheStoryAndLeavesNothing(Slipway.Engine engine) throws Exception {
    try (var slipway = Slipway.on(engine)) {
      var temp = Files.createDirectory(folder.resolve("temp"));

      var answer = slipway.withTemporaryFilesIn(temp).run(folder, "demo", "--yes");

      assertThat(answer.code()).as(answer.all()).isZero();
      assertThat(answer.out()).contains(" were answered meanwhile, 0 failed.");
      assertThat(answer.out())
          .containsPattern("storefront/production +1 +.*Open the shop")
          .containsPattern("storefront/staging +2 +.*Show each visitor");
      assertThat(temp).isEmptyDirectory();
      assertThat(Processes.of(temp)).isEmpty();
    }
  }

  @Test
  void withoutATerminalAndWithoutYesItSaysWhatToDo() throws Exception {
    try (var slipway = Slipway.on(Slipway.Engine.EMBEDDED)) {
      var answer = slipway.run(folder, "demo");

      assertThat(answer.code()).isEqualTo(2);
      assertThat(answer.all()).contains("slipway demo --yes");
    }
  }
}
