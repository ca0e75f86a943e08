package dev.slipway.activities.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Packs a file or folder so that the same files give the same bytes on every machine: entries in
 * the order of their names, times at zero, no owner, modes 755 or 644.
 */
public final class TarPacker {
  private static final int EXECUTABLE = 0755;
  private static final int PLAIN = 0644;

  private TarPacker() {}

  /**
   * Packs a folder's contents, or one file under its own name.
   *
   * @throws UnsafeArchiveException when it holds a link that leads out of it, or a device, pipe or
   *     socket
   */
  public static void pack(Path content, OutputStream out) throws IOException, InterruptedException {
    pack(content, out, path -> true);
  }

  /**
   * Packs of a folder's contents what is wanted, with the folders in which it stands.
   *
   * @param wanted whether to pack what has this path, relative to the folder and with slashes
   * @throws UnsafeArchiveException when what is wanted has a link that leads out of the folder, or
   *     is a device, pipe or socket
   */
  public static void pack(Path content, OutputStream out, Predicate<String> wanted)
      throws IOException, InterruptedException {
    var links = new Links();
    try (var tar = new TarArchiveOutputStream(keptOpen(out), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      var root = Files.isDirectory(content) ? content : content.resolveSibling("");
      var names = new HashSet<String>();
      var paths = contents(content);
      for (var path : paths) {
        var name = name(root, path);
        if (wanted.test(name)) {
          addWithFolders(names, name);
        }
      }
      for (var path : paths) {
        if (!names.contains(name(root, path))) {
          continue;
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        add(tar, path, name(root, path), links);
      }
      links.check();
    }
  }

  private static void addWithFolders(Set<String> names, String name) {
    for (var end = name.length(); end > 0; end = name.lastIndexOf('/', end - 1)) {
      names.add(name.substring(0, end));
    }
  }

  /** The caller opened the stream and closes it. */
  private static OutputStream keptOpen(OutputStream out) {
    return new BufferedOutputStream(out, 1 << 16) {
      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  private static List<Path> contents(Path content) throws IOException {
    if (!Files.isDirectory(content)) {
      return List.of(content);
    }
    try (var paths = Files.walk(content)) {
      return paths
          .filter(path -> !path.equals(content))
          .sorted(Comparator.comparing(path -> utf8(content, path), Arrays::compareUnsigned))
          .toList();
    }
  }

  private static byte[] utf8(Path root, Path path) {
    return name(root, path).getBytes(StandardCharsets.UTF_8);
  }

  private static void add(TarArchiveOutputStream tar, Path path, String name, Links links)
      throws IOException {
    if (Files.isSymbolicLink(path)) {
      var target = Files.readSymbolicLink(path).toString().replace('\\', '/');
      links.add(name, target);
      var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      entry.setLinkName(target);
      finish(tar, entry, EXECUTABLE);
    } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      finish(tar, new TarArchiveEntry(name + "/"), EXECUTABLE);
    } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      var entry = new TarArchiveEntry(name);
      entry.setSize(Files.size(path));
      start(tar, entry, Files.isExecutable(path) ? EXECUTABLE : PLAIN);
      Files.copy(path, tar);
      tar.closeArchiveEntry();
    } else {
      throw new UnsafeArchiveException(
          "`%s` is neither a file nor a folder nor a link".formatted(name));
    }
  }

  private static void finish(TarArchiveOutputStream tar, TarArchiveEntry entry, int mode)
      throws IOException {
    start(tar, entry, mode);
    tar.closeArchiveEntry();
  }

  private static void start(TarArchiveOutputStream tar, TarArchiveEntry entry, int mode)
      throws IOException {
    entry.setMode(mode);
    entry.setModTime(0);
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
  }

  private static String name(Path root, Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }
}
