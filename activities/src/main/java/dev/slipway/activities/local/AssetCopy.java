package dev.slipway.activities.local;

import dev.slipway.action.FailureType;
import dev.slipway.activities.frontend.Manifest;
import dev.slipway.activities.local.protocol.EnvironmentFolder;
import dev.slipway.activities.store.Store;
import dev.slipway.artifact.Digest;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.util.UUID;

/** Brings published files from the store into an environment's folder. */
record AssetCopy(EnvironmentFolder folder, Store store) {
  /** Copies the manifest and all it lists; what is there already and whole stays. */
  Manifest copy(Digest manifest) throws StepFailedException, InterruptedException {
    try {
      folder.make();
      copyOne(manifest);
      var files = Manifest.read(Files.readAllBytes(folder.asset(manifest)));
      for (var file : files.files()) {
        copyOne(file.digest());
      }
      return files;
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      throw new InterruptedException("interrupted while files were copied");
    } catch (IOException | UncheckedIOException e) {
      throw new StepFailedException(
          FailureType.INFRASTRUCTURE,
          "frontend " + manifest.abbreviated() + " can't be copied: " + e,
          "Look at the store and at the disk of " + folder.path() + ".",
          e);
    }
  }

  private void copyOne(Digest content) throws IOException {
    var asset = folder.asset(content);
    if (Files.exists(asset) && digest(asset).equals(content)) {
      return;
    }
    var fresh = asset.resolveSibling("copying-" + UUID.randomUUID());
    try {
      var hash = Digest.newHash();
      try (var from = store.open(content);
          OutputStream to = new DigestOutputStream(Files.newOutputStream(fresh), hash)) {
        from.transferTo(to);
      }
      if (!Digest.ofHash(hash.digest()).equals(content)) {
        throw new IOException("the store has other bytes for " + content);
      }
      Files.move(fresh, asset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static Digest digest(Path file) throws IOException {
    var hash = Digest.newHash();
    try (var content = new DigestInputStream(Files.newInputStream(file), hash)) {
      content.transferTo(OutputStream.nullOutputStream());
    }
    return Digest.ofHash(hash.digest());
  }
}
