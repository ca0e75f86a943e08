package dev.slipway.activities.local;

import dev.slipway.action.FailureType;
import dev.slipway.activities.archive.ArchiveLimits;
import dev.slipway.activities.archive.TarUnpacker;
import dev.slipway.activities.local.protocol.EnvironmentFolder;
import dev.slipway.activities.store.Store;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

/** Artifacts in an environment's folder: each unpacked once, read-only, whole or not at all. */
final class Unpacked {
  private Unpacked() {}

  /** Sees to it that the artifact is there. */
  static void provide(EnvironmentFolder folder, ArtifactRef artifact, Store store)
      throws StepFailedException, InterruptedException {
    var release = folder.release(artifact.digest());
    try {
      folder.make();
      if (Files.isDirectory(release)) {
        // Young folders are not cleaned up, and it is about to be needed.
        Files.setLastModifiedTime(release, FileTime.from(Instant.now()));
        return;
      }
      var fresh = folder.releases().resolve("unpacking-" + UUID.randomUUID());
      try (var archive = store.open(artifact.digest())) {
        TarUnpacker.unpack(archive, fresh, ArchiveLimits.DEFAULT);
      }
      protect(fresh);
      Files.move(fresh, release, StandardCopyOption.ATOMIC_MOVE);
      // Not before: some systems move a folder only when it can be written.
      var _ = release.toFile().setWritable(false, false);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      // Somebody else was faster; what is named by content is the same.
      return;
    } catch (IOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "artifact " + artifact.name() + " can't be unpacked below " + folder.releases(),
          "Look at the disk's space and permissions.",
          e);
    }
  }

  private static void protect(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (var path : (Iterable<Path>) paths::iterator) {
        if (!Files.isSymbolicLink(path) && !path.equals(root)) {
          var _ = path.toFile().setWritable(false, false);
        }
      }
    }
  }
}
