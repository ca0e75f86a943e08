package dev.slipway.activities.frontend;

import dev.slipway.activities.store.Store;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a built frontend into the store. */
public final class ManifestBuilder {
  private static final int MOST_FILES = 20_000;
  private static final long LARGEST_TEXT = 16 << 20;
  private static final Pattern TEXT = Pattern.compile(".*\\.(html?|m?js|css|json|webmanifest)");

  private final Store store;

  public ManifestBuilder(Store store) {
    this.store = store;
  }

  /**
   * Keeps every file and the manifest that lists them. Links and hidden files are left out.
   *
   * @throws IllegalArgumentException when a file can't be published, with its path
   */
  public Manifest keep(Path folder) throws IOException, InterruptedException {
    var paths = files(folder);
    var rule = new CachingRule(texts(paths));
    var files = new ArrayList<PublishedFile>();
    for (var file : paths) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      var path = folder.relativize(file).toString().replace('\\', '/');
      try (var content = Files.newInputStream(file)) {
        files.add(
            new PublishedFile(
                path, store.put(content), Files.size(file), MediaTypes.of(path), rule.of(path)));
      }
    }
    var manifest = new Manifest(files);
    store.put(new ByteArrayInputStream(manifest.bytes()));
    return manifest;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var walk = Files.walk(folder)) {
      var files =
          walk.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
              .filter(path -> !isHidden(folder.relativize(path)))
              .sorted()
              .limit(MOST_FILES + 1)
              .toList();
      if (files.size() > MOST_FILES) {
        throw new IllegalArgumentException("a frontend has at most " + MOST_FILES + " files");
      }
      return files;
    }
  }

  /** Such as {@code .vite/manifest.json}, which is for programs and not for people. */
  private static boolean isHidden(Path relative) {
    for (var segment : relative) {
      var name = segment.toString();
      if (name.startsWith(".") && !name.equals(".well-known")) {
        return true;
      }
    }
    return false;
  }

  private static List<String> texts(List<Path> files) throws IOException {
    var texts = new ArrayList<String>();
    for (var file : files) {
      if (TEXT.matcher(file.getFileName().toString()).matches()
          && Files.size(file) <= LARGEST_TEXT) {
        texts.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return texts;
  }
}
