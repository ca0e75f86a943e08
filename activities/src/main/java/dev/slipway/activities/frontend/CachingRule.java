package dev.slipway.activities.frontend;

import dev.slipway.activities.frontend.PublishedFile.Caching;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;

/**
 * Decides which files a browser may keep for ever: those whose name holds a hash of their content,
 * and which a bundler made, since they lie where bundlers put them or another file names them.
 */
final class CachingRule {
  private static final Set<String> FOLDERS_OF_BUNDLERS =
      Set.of(
          "assets", "static", "_next", "_astro", "_app", "_nuxt", "build", "chunks", "js", "css",
          "media", "fonts", "images", "img");

  private static final Set<String> FOLDERS_OF_BARE_HASHES = Set.of("_next", "_nuxt", "_app");

  private final Collection<String> texts;

  /**
   * @param texts of pages, scripts and styles, in which names of other files stand
   */
  CachingRule(Collection<String> texts) {
    this.texts = texts;
  }

  /**
   * @param path relative, with slashes
   */
  Caching of(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    var hashed =
        ContentHash.endsName(name)
            || (liesIn(FOLDERS_OF_BARE_HASHES, path) && ContentHash.isName(name));
    var madeByABundler = liesIn(FOLDERS_OF_BUNDLERS, path) || isNamed(name);
    return hashed && madeByABundler ? Caching.LASTING : Caching.ASK;
  }

  private static boolean liesIn(Set<String> folders, String path) {
    var segments = path.split("/", -1);
    return Arrays.stream(segments, 0, segments.length - 1).anyMatch(folders::contains);
  }

  private boolean isNamed(String name) {
    return texts.stream().anyMatch(text -> text.contains(name));
  }
}
