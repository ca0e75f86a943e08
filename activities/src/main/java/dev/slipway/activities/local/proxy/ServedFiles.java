package dev.slipway.activities.local.proxy;

import dev.slipway.activities.frontend.Manifest;
import dev.slipway.activities.frontend.PublishedFile;
import dev.slipway.activities.frontend.PublishedFile.Caching;
import dev.slipway.artifact.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that an environment serves: entry points of the published frontend, and the lasting
 * files of all that were ever published, since browsers still hold their older entry points.
 */
public final class ServedFiles {
  public static final ServedFiles NONE = new ServedFiles(new Stored(null, List.of(), List.of()));

  private final Stored stored;
  private final Map<String, PublishedFile> byPath = new HashMap<>();

  private ServedFiles(Stored stored) {
    this.stored = stored;
    stored.lasting.forEach(file -> byPath.put(file.path(), file));
    stored.entryPoints.forEach(file -> byPath.put(file.path(), file));
  }

  /** What was stored. */
  public static ServedFiles of(Stored stored) {
    return new ServedFiles(stored);
  }

  /** What is to be stored. */
  public Stored stored() {
    return stored;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return byPath.isEmpty();
  }

  /** The manifest that is published. */
  public Optional<Digest> manifest() {
    return Optional.ofNullable(stored.manifest);
  }

  /**
   * The file at a decoded path that begins with a slash; a folder's is its {@code index.html}.
   * Paths are only ever looked up here, so none leads out of the published files.
   */
  public Optional<PublishedFile> find(String path) {
    var relative = path.startsWith("/") ? path.substring(1) : path;
    return Optional.ofNullable(
        byPath.get(
            relative.isEmpty() || relative.endsWith("/") ? relative + "index.html" : relative));
  }

  /** Paths that the manifest gives another content than they were published with for ever. */
  public List<String> conflicts(Manifest next) {
    var before = new HashMap<String, PublishedFile>();
    stored.lasting.forEach(file -> before.put(file.path(), file));
    return next.cached(Caching.LASTING).stream()
        .filter(
            file -> {
              var old = before.get(file.path());
              return old != null && !old.digest().equals(file.digest());
            })
        .map(PublishedFile::path)
        .toList();
  }

  /** The same with a manifest's lasting files added; entry points stay. */
  public ServedFiles withLasting(Manifest next) {
    var lasting = new ArrayList<>(stored.lasting);
    var known = new HashSet<String>();
    lasting.forEach(file -> known.add(file.path()));
    next.cached(Caching.LASTING).stream()
        .filter(file -> known.add(file.path()))
        .forEach(lasting::add);
    return new ServedFiles(new Stored(stored.manifest, List.copyOf(lasting), stored.entryPoints));
  }

  /** The same with the entry points of this manifest alone. */
  public ServedFiles withEntryPoints(Manifest next) {
    return new ServedFiles(new Stored(next.digest(), stored.lasting, next.cached(Caching.ASK)));
  }

  /** The same without entry points. */
  public ServedFiles withoutEntryPoints() {
    return new ServedFiles(new Stored(null, stored.lasting, List.of()));
  }

  /**
   * What survives the supervisor.
   *
   * @param manifest null when no frontend is published
   */
  public record Stored(
      @Nullable Digest manifest, List<PublishedFile> lasting, List<PublishedFile> entryPoints) {}
}
