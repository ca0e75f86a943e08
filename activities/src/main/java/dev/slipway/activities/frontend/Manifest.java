package dev.slipway.activities.frontend;

import dev.slipway.activities.frontend.PublishedFile.Caching;
import dev.slipway.artifact.Digest;
import dev.slipway.json.Json;
import java.util.Comparator;
import java.util.List;

/** The files of a frontend, sorted by path; its digest names what is published. */
public record Manifest(List<PublishedFile> files) {
  /**
   * @throws IllegalArgumentException when two files have the same path
   */
  public Manifest {
    files = files.stream().sorted(Comparator.comparing(PublishedFile::path)).toList();
    if (files.stream().map(PublishedFile::path).distinct().count() < files.size()) {
      throw new IllegalArgumentException("a path stands twice in the manifest");
    }
  }

  /** Reads a manifest's bytes. */
  public static Manifest read(byte[] json) {
    return Json.read(json, Manifest.class);
  }

  /** The same bytes for the same files. */
  public byte[] bytes() {
    return Json.bytes(this);
  }

  /** What names it. */
  public Digest digest() {
    return Digest.of(bytes());
  }

  /** The files to be cached like this. */
  public List<PublishedFile> cached(Caching caching) {
    return files.stream().filter(file -> file.caching() == caching).toList();
  }
}
