package dev.slipway.activities.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks an archive that nobody needs to trust: nothing is written outside the folder, through a
 * link or over another entry, and no device is made.
 *
 * <p>Files and folders come first and links last, so that no entry can be written through a link.
 */
public final class TarUnpacker {
  private static final int OWNER_EXECUTES = 0100;

  private final Path folder;
  private final ArchiveLimits limits;
  private final Set<String> folders = new HashSet<>();
  private final Set<String> filesAndLinks = new HashSet<>();
  private final Map<String, String> links = new LinkedHashMap<>();
  private long entries;
  private long bytes;

  private TarUnpacker(Path folder, ArchiveLimits limits) {
    this.folder = folder;
    this.limits = limits;
  }

  /**
   * Unpacks into a folder, which is made and must be empty.
   *
   * @throws UnsafeArchiveException when an entry is one that must not be unpacked, or too much;
   *     what was unpacked until then stays
   * @throws IOException when the bytes are no whole tar archive
   */
  public static void unpack(InputStream archive, Path folder, ArchiveLimits limits)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (var present = Files.list(folder)) {
      if (present.findAny().isPresent()) {
        throw new UnsafeArchiveException("the folder `%s` is not empty".formatted(folder));
      }
    }
    new TarUnpacker(folder, limits).unpack(archive);
  }

  private void unpack(InputStream archive) throws IOException, InterruptedException {
    var tar = new TarArchiveInputStream(new BufferedInputStream(archive, 1 << 16), "UTF-8");
    for (var entry = next(tar); entry != null; entry = next(tar)) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      add(tar, entry);
    }
    makeLinks();
    // A store verifies its bytes at their end, which lies behind the last entry.
    archive.transferTo(OutputStream.nullOutputStream());
  }

  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    try {
      return tar.getNextEntry();
    } catch (IllegalArgumentException e) {
      throw new IOException("not a readable tar archive", e);
    }
  }

  private void add(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
    var name = safe(entry.getName());
    if (++entries > limits.entries()) {
      throw new UnsafeArchiveException(
          "the archive has more than %d entries".formatted(limits.entries()));
    }
    if (entry.isDirectory()) {
      makeFolder(name);
      return;
    }
    makeFolder(name.substring(0, Math.max(name.lastIndexOf('/'), 0)));
    if (name.isEmpty() || folders.contains(name) || !filesAndLinks.add(name)) {
      throw new UnsafeArchiveException("the entry `%s` is there twice".formatted(name));
    }
    if (entry.isSymbolicLink()) {
      links.put(name, entry.getLinkName());
    } else if (entry.isFile() && !entry.isLink() && !isDevice(entry)) {
      writeFile(tar, entry, folder.resolve(name));
    } else {
      throw new UnsafeArchiveException(
          "the entry `%s` is neither a file nor a folder nor a symbolic link".formatted(name));
    }
  }

  /** Answers the normal form of an entry's name: no empty and no dot segments. */
  private static String safe(String name) throws UnsafeArchiveException {
    var segments = new ArrayList<String>();
    for (var segment : name.split("/", -1)) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> throw new UnsafeArchiveException("the entry `%s` leads out".formatted(name));
        default -> segments.add(segment);
      }
    }
    if (name.startsWith("/") || name.indexOf('\0') >= 0) {
      throw new UnsafeArchiveException("the entry `%s` is not relative".formatted(name));
    }
    return String.join("/", segments);
  }

  private static boolean isDevice(TarArchiveEntry entry) {
    return entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO();
  }

  private void writeFile(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      var buffer = new byte[1 << 16];
      for (var count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
        bytes += count;
        if (bytes > limits.bytes()) {
          throw new UnsafeArchiveException(
              "the archive's files have more than %d bytes".formatted(limits.bytes()));
        }
        out.write(buffer, 0, count);
      }
    }
    if ((entry.getMode() & OWNER_EXECUTES) != 0) {
      makeExecutable(file);
    }
  }

  private void makeFolder(String name) throws IOException {
    if (name.isEmpty() || folders.contains(name)) {
      return;
    }
    makeFolder(name.substring(0, Math.max(name.lastIndexOf('/'), 0)));
    if (filesAndLinks.contains(name)) {
      throw new UnsafeArchiveException("something stands below `%s`, no folder".formatted(name));
    }
    folders.add(name);
    Files.createDirectory(folder.resolve(name));
  }

  private static void makeExecutable(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      var modes = Files.getPosixFilePermissions(file);
      modes.addAll(
          List.of(
              PosixFilePermission.OWNER_EXECUTE,
              PosixFilePermission.GROUP_EXECUTE,
              PosixFilePermission.OTHERS_EXECUTE));
      Files.setPosixFilePermissions(file, modes);
    }
  }

  private void makeLinks() throws IOException {
    var followed = new Links();
    links.forEach(followed::add);
    followed.check();
    for (var link : links.entrySet()) {
      Files.createSymbolicLink(folder.resolve(link.getKey()), Path.of(link.getValue()));
    }
  }
}
