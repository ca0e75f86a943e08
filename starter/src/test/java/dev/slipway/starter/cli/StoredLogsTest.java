package dev.slipway.starter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.store.FolderStore;
import dev.slipway.activities.store.Store;
import dev.slipway.pipeline.RunId;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredLogsTest {
  private static final RunId RUN = new RunId("shop", 3);

  @TempDir private Path folder;

  @Test
  void theLogsOfARunComeInTheOrderInWhichTheyWereBegun() throws IOException {
    var store = FolderStore.open(folder);
    log(store, "shop/3/build/compile/1", "2026-05-01T10:00:02.000Z");
    log(store, "shop/3/build/compile/2", "2026-05-01T10:00:04.000Z");
    log(store, "shop/3/build/audit/1", "2026-05-01T10:00:03.000Z");
    log(store, "shop/3/a-later-stage/migrate/1", "2026-05-01T10:00:05.000Z");
    log(store, "shop/30/build/compile/1", "2026-05-01T10:00:01.000Z");

    assertThat(StoredLogs.of(store, RUN))
        .containsExactly(
            stored("build", "compile", 1),
            stored("build", "audit", 1),
            stored("build", "compile", 2),
            stored("a-later-stage", "migrate", 1));
  }

  @Test
  void aRunThatWroteNothingHasNone() throws IOException {
    assertThat(StoredLogs.of(FolderStore.open(folder), RUN)).isEmpty();
  }

  private static void log(Store store, String name, String time) throws IOException {
    try (var log = store.appendLog("logs/" + name + ".log")) {
      log.append((time + " begun\n").getBytes(UTF_8));
    }
  }

  private static LogPrinter.StepLogName stored(String stage, String step, int round) {
    return new LogPrinter.StepLogName(
        stage, step, round, "logs/shop/3/%s/%s/%d.log".formatted(stage, step, round));
  }
}
