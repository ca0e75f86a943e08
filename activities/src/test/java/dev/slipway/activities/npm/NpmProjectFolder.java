package dev.slipway.activities.npm;

import dev.slipway.activities.step.TestStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project whose only dependency is in an npm package beside it, so that no network is needed. */
final class NpmProjectFolder {
  private NpmProjectFolder() {}

  /** Writes package.json with these scripts (as JSON) and a lock file without dependencies. */
  static TestStep write(TestStep step, String scripts) throws IOException {
    var directory = step.directory();
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve("package.json"),
        """
        {"name": "shop", "version": "1.0.0", "scripts": %s}
        """
            .formatted(scripts));
    Files.writeString(
        directory.resolve("package-lock.json"),
        """
        {"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "requires": true,
         "packages": {"": {"name": "shop", "version": "1.0.0"}}}
        """);
    return step;
  }

  static void file(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
