package dev.slipway.activities.npm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.artifact.Digest;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Everything below a {@code node_modules}, as it was when it was looked at. */
final class ModuleTree {
  /** How a clone gets its files. */
  enum Cloning {
    /** Fast: a file has a second name. Written to in place, it changes in the cache too. */
    LINK,
    /** Every file by itself. */
    COPY
  }

  private record Item(Path relative, Kind kind) {}

  private enum Kind {
    FOLDER,
    FILE,
    LINK
  }

  private final Path root;
  private final List<Item> items;
  private final Digest fingerprint;

  private ModuleTree(Path root, List<Item> items, Digest fingerprint) {
    this.root = root;
    this.items = items;
    this.fingerprint = fingerprint;
  }

  static ModuleTree scan(Path root) throws IOException, InterruptedException {
    var items = new ArrayList<Item>();
    var lines = new ArrayList<String>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            items.add(new Item(root.relativize(folder), Kind.FOLDER));
            lines.add("d " + root.relativize(folder));
            return proceed();
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            var relative = root.relativize(file);
            if (attributes.isSymbolicLink()) {
              items.add(new Item(relative, Kind.LINK));
              lines.add("l %s %s".formatted(relative, Files.readSymbolicLink(file)));
            } else {
              items.add(new Item(relative, Kind.FILE));
              lines.add(
                  "f %s %d %s"
                      .formatted(relative, attributes.size(), attributes.lastModifiedTime()));
            }
            return proceed();
          }
        });
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    lines.sort(null);
    return new ModuleTree(root, items, Digest.of(String.join("\n", lines).getBytes(UTF_8)));
  }

  private static FileVisitResult proceed() {
    return Thread.currentThread().isInterrupted()
        ? FileVisitResult.TERMINATE
        : FileVisitResult.CONTINUE;
  }

  /** Changes with every name, size, time of change and link in it. */
  Digest fingerprint() {
    return fingerprint;
  }

  /** The same tree after it was moved there. */
  ModuleTree at(Path moved) {
    return new ModuleTree(moved, items, fingerprint);
  }

  /** Makes the same tree at a path that does not exist. */
  void cloneTo(Path target, Cloning cloning) throws IOException, InterruptedException {
    for (var item : items) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      var from = root.resolve(item.relative.toString());
      var to = target.resolve(item.relative.toString());
      switch (item.kind) {
        case FOLDER -> Files.createDirectory(to);
        case LINK -> Files.createSymbolicLink(to, Files.readSymbolicLink(from));
        case FILE -> {
          if (cloning == Cloning.COPY || isGenerated(item.relative) || !link(to, from)) {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
          }
        }
      }
    }
  }

  /** Tools write again what they generate, into folders such as {@code .prisma}. */
  private static boolean isGenerated(Path relative) {
    for (var i = 0; i < relative.getNameCount() - 1; i++) {
      if (relative.getName(i).toString().startsWith(".")) {
        return true;
      }
    }
    return relative.getNameCount() == 1;
  }

  /** False where the file system has no hard links, or not from there to here. */
  private static boolean link(Path to, Path from) {
    try {
      Files.createLink(to, from);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
