package dev.slipway.activities.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that only their owner can read, where the file system knows owners. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /** Makes the folder and its parents; what exists keeps its mode. */
  public static Path folder(Path folder) throws IOException {
    Files.createDirectories(folder, mode(folder, "rwx------"));
    return folder;
  }

  /** Makes an empty file, which must not exist. */
  static Path newFile(Path file) throws IOException {
    return Files.createFile(file, mode(file, "rw-------"));
  }

  /** Makes an empty file unless it exists. */
  static Path file(Path file) throws IOException {
    try {
      return newFile(file);
    } catch (FileAlreadyExistsException e) {
      return file;
    }
  }

  /** Makes the names in a folder survive a power cut, where the platform can. */
  static void syncNames(Path folder) throws IOException {
    if (isPosix(folder)) {
      // A channel closes itself in an interrupted thread.
      var interrupted = Thread.interrupted();
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private static FileAttribute<?>[] mode(Path path, String mode) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
