package dev.slipway.activities.npm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.action.FailureType;
import dev.slipway.activities.archive.FileTrees;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.npm.ModuleTree.Cloning;
import dev.slipway.activities.step.StepContext;
import dev.slipway.activities.store.PrivateFiles;
import dev.slipway.artifact.Digest;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/**
 * Installed dependencies, by what decides about them: package.json, lock file and .npmrc, Node.js
 * and npm, and the platform. One step installs while others that need the same wait.
 *
 * <p>A workspace gets real folders whose files are hard links to the entry's, which takes a tenth
 * of a copy's time. What tools write anew, as {@code .vite} or {@code .prisma}, is copied. A build
 * that writes to another file in place changes the entry: the next use sees it by sizes and times,
 * installs anew, and from then on this entry is copied and not linked.
 */
final class DependencyCache {
  private static final String UNFINISHED = ".unfinished-";

  private final Path folder;

  DependencyCache(Home home) {
    this.folder = home.cache().resolve("npm");
  }

  /**
   * Puts the dependencies into the project's folder, installing them if no entry has them.
   *
   * @param toolchain the versions that install them
   */
  void provide(StepContext step, NpmProject project, String toolchain)
      throws StepFailedException, InterruptedException {
    var key = key(project, toolchain);
    try {
      PrivateFiles.folder(folder);
      try (var _ = KeyLock.acquire(folder.resolve(key + ".lock"), step.request().timeout())) {
        var cached = cached(step, key, toolchain);
        var usable = cached.isPresent() ? cached.get() : install(step, project, key);
        var modules = CacheEntry.modules(project.directory());
        FileTrees.delete(modules);
        usable.tree().cloneTo(modules, usable.cloning());
      }
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "the cache of dependencies can't be used: " + e,
          "Look at the worker's disk; the cache is `%s` and may be removed.".formatted(folder),
          e);
    }
  }

  private Optional<Usable> cached(StepContext step, String key, String toolchain)
      throws IOException, InterruptedException {
    var entry = CacheEntry.read(folder.resolve(key));
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    var tree = entry.get().intact();
    step.log()
        .line(
            tree.isPresent()
                ? "dependencies come from the cache (%s)".formatted(toolchain)
                : "a build changed the cached dependencies: they are installed anew");
    return tree.map(intact -> new Usable(intact, entry.get().cloning()));
  }

  private Usable install(StepContext step, NpmProject project, String key)
      throws IOException, StepFailedException, InterruptedException {
    removeUnfinished(key);
    var entry = folder.resolve(key);
    var cloning = CacheEntry.read(entry).isPresent() ? Cloning.COPY : Cloning.LINK;
    var unfinished = folder.resolve(key + UNFINISHED + UUID.randomUUID());
    try {
      Files.createDirectory(unfinished);
      for (var setting : project.settings().entrySet()) {
        Files.write(unfinished.resolve(setting.getKey()), setting.getValue());
      }
      step.log().progress("installing dependencies");
      NpmInstall.run(step, unfinished);
      for (var setting : project.settings().keySet()) {
        Files.delete(unfinished.resolve(setting));
      }
      // A project without dependencies gets no folder from npm.
      Files.createDirectories(CacheEntry.modules(unfinished));
      var tree = ModuleTree.scan(CacheEntry.modules(unfinished));
      CacheEntry.complete(unfinished, tree, cloning);
      FileTrees.delete(entry);
      Files.move(unfinished, entry, StandardCopyOption.ATOMIC_MOVE);
      return new Usable(tree.at(CacheEntry.modules(entry)), cloning);
    } finally {
      FileTrees.delete(unfinished);
    }
  }

  /** What a worker left that was killed while it installed; the lock says that none does now. */
  private void removeUnfinished(String key) throws IOException {
    try (var paths = Files.newDirectoryStream(folder, key + UNFINISHED + "*")) {
      for (var path : paths) {
        FileTrees.delete(path);
      }
    }
  }

  private static String key(NpmProject project, String toolchain) {
    var parts = new StringBuilder(toolchain);
    project
        .settings()
        .forEach((name, content) -> parts.append('\n').append(name).append(Digest.of(content)));
    return Digest.of(parts.toString().getBytes(UTF_8)).hex().substring(0, 32);
  }

  private record Usable(ModuleTree tree, Cloning cloning) {}
}
