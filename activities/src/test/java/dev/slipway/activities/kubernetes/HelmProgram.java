package dev.slipway.activities.kubernetes;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A test with charts needs Helm; a machine without it skips, and CI does not. */
final class HelmProgram {
  private HelmProgram() {}

  static void require() {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    var isThere =
        Arrays.stream(path.split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "helm")));
    if (isThere) {
      return;
    }
    var why = "no helm on the PATH; .ci/tools/gotool builds it";
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      fail(why);
    }
    abort(why);
  }
}
