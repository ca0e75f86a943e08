package dev.slipway.activities.report;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Finds report files in a folder; never in dependencies, never through a link out of it. */
final class ReportFiles {
  private static final Set<String> NEVER_IN = Set.of("node_modules", ".git");
  private static final int MOST_FILES = 2000;

  private ReportFiles() {}

  /**
   * The files that match, in the order of their names.
   *
   * @throws UnreadableReportException when a match is a link out of the folder, or too many match
   */
  static List<Path> find(Path directory, Globs globs)
      throws IOException, UnreadableReportException, InterruptedException {
    var links = new ArrayList<Path>();
    var files = new ArrayList<Path>();
    Files.walkFileTree(directory, collector(directory, globs, files, links));
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    var root = directory.toRealPath();
    for (var link : links) {
      if (isFileInside(root, link)) {
        files.add(link);
      } else {
        throw new UnreadableReportException(
            name(directory, link), "is a link that leads to no file of the step's directory");
      }
    }
    if (files.size() > MOST_FILES) {
      throw new UnreadableReportException(
          name(directory, files.getFirst()),
          "and %d others are more than %d".formatted(files.size() - 1, MOST_FILES));
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }

  private static FileVisitor<Path> collector(
      Path directory, Globs globs, List<Path> files, List<Path> links) {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        if (Thread.currentThread().isInterrupted()) {
          return FileVisitResult.TERMINATE;
        }
        return NEVER_IN.contains(String.valueOf(folder.getFileName()))
            ? FileVisitResult.SKIP_SUBTREE
            : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (globs.match(directory.relativize(file))) {
          if (attributes.isSymbolicLink()) {
            links.add(file);
          } else if (attributes.isRegularFile()) {
            files.add(file);
          }
        }
        return FileVisitResult.CONTINUE;
      }
    };
  }

  private static boolean isFileInside(Path root, Path link) {
    try {
      var file = link.toRealPath();
      return file.startsWith(root) && Files.isRegularFile(file);
    } catch (IOException e) {
      return false; // A link to nothing.
    }
  }

  /** The file's path in the folder, as people write it. */
  static String name(Path directory, Path file) {
    return directory.relativize(file).toString().replace('\\', '/');
  }
}
