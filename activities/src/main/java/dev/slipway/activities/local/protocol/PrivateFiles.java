package dev.slipway.activities.local.protocol;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** Small files that only the user can read and that are never half written. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /** Replaces a file's content; after a crash the old or the new content is there. */
  public static void write(Path file, byte[] content) throws IOException {
    var fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
    try {
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      // Not a channel: those are closed under a thread that is interrupted.
      try (var stream = new FileOutputStream(fresh.toFile())) {
        stream.write(content);
        stream.getFD().sync();
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
