package dev.slipway.activities.npm;

import dev.slipway.activities.npm.ModuleTree.Cloning;
import dev.slipway.artifact.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Dependencies that were installed to their end.
 *
 * @param modules the {@code node_modules}
 * @param cloning how workspaces get it
 * @param fingerprint of it when it was installed
 */
record CacheEntry(Path modules, Cloning cloning, Digest fingerprint) {
  private static final String MODULES = "node_modules";
  private static final String MARK = "complete";

  /** The entry in a folder; empty when there is none, or when it was not completed. */
  static Optional<CacheEntry> read(Path folder) throws IOException {
    try {
      var words = Files.readString(folder.resolve(MARK)).split(" ", -1);
      return Optional.of(
          new CacheEntry(modules(folder), Cloning.valueOf(words[0]), new Digest(words[1])));
    } catch (NoSuchFileException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** Where an entry has its dependencies. */
  static Path modules(Path folder) {
    return folder.resolve(MODULES);
  }

  /** Marks what was installed in a folder as complete. */
  static void complete(Path folder, ModuleTree tree, Cloning cloning) throws IOException {
    Files.writeString(folder.resolve(MARK), cloning.name() + " " + tree.fingerprint());
  }

  /** What is there now, if it is what was installed. */
  Optional<ModuleTree> intact() throws IOException, InterruptedException {
    return Files.isDirectory(modules)
        ? Optional.of(ModuleTree.scan(modules))
            .filter(tree -> tree.fingerprint().equals(fingerprint))
        : Optional.empty();
  }
}
