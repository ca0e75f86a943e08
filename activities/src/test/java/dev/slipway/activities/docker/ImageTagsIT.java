package dev.slipway.activities.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The same on the real registry. */
final class ImageTagsIT extends ImageTagsContract {
  @TempDir private Path folder;

  @Override
  TestRegistry open() throws IOException {
    return RealRegistry.open(Files.createTempDirectory(folder, "registry"));
  }

  @Override
  TestRegistry withLogin() throws IOException {
    return RealRegistry.withLogin(Files.createTempDirectory(folder, "registry"));
  }
}
