package dev.slipway.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Histories of runs as they went, by which {@code ReplayTest} shows that runs which wait now go on
 * with the code as it is then. Tests keep theirs anew with
 *
 * <pre>./mvnw -pl workflows test -Dslipway.record=true</pre>
 *
 * which is right for new tests, and for old ones only where no run that was started with an older
 * version may still be waiting: otherwise the code needs another version of its rules.
 */
final class Histories {
  static final Path FOLDER = Path.of("src/test/resources/histories");

  private Histories() {}

  static List<Path> all() {
    try (var files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a workflow's history, if histories are recorded now. */
  static void keep(Engine engine, String name, String workflowId) {
    keep(engine, name, workflowId, null);
  }

  /**
   * Writes one execution of a workflow, if histories are recorded now.
   *
   * @param runId the engine's; null for the last one
   */
  static void keep(Engine engine, String name, String workflowId, @Nullable String runId) {
    if (!Boolean.getBoolean("slipway.record")) {
      return;
    }
    try {
      Files.createDirectories(FOLDER);
      // The SDK's own way breaks lines for each field, which makes the files three times as big.
      var history =
          new ObjectMapper()
              .readTree(engine.client().fetchHistory(workflowId, runId).toJson(false));
      Files.writeString(FOLDER.resolve(name + ".json"), history + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
