package dev.slipway.activities.frontend;

import dev.slipway.artifact.Digest;
import java.util.regex.Pattern;

/**
 * A file of a frontend.
 *
 * @param path below the environment's address, without a leading slash
 * @param size in bytes
 * @param mediaType of the answer
 * @param caching how long a browser may keep it without asking
 */
public record PublishedFile(
    String path, Digest digest, long size, String mediaType, Caching caching) {
  private static final Pattern SEGMENT = Pattern.compile("[^/\\\\\\p{Cntrl}]+");
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-z]+/[a-z0-9.+-]+(; ?charset=[a-z0-9-]+)?");

  /** How long a browser may keep a file without asking again. */
  public enum Caching {
    /** For ever: its name holds a hash of its content. */
    LASTING("public, max-age=31536000, immutable"),
    /** Never: it is an entry point, or its name says nothing about its content. */
    ASK("no-cache");

    private final String header;

    Caching(String header) {
      this.header = header;
    }

    /** The value of {@code Cache-Control}. */
    public String header() {
      return header;
    }
  }

  /**
   * @throws IllegalArgumentException when the path leads elsewhere, or a header would be broken
   */
  public PublishedFile {
    for (var segment : path.split("/", -1)) {
      if (!SEGMENT.matcher(segment).matches() || segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException("`" + path + "` can't be published");
      }
    }
    if (!MEDIA_TYPE.matcher(mediaType).matches()) {
      throw new IllegalArgumentException("`" + mediaType + "` is no media type");
    }
  }

  /** The value of {@code ETag}, with its quotes. */
  public String etag() {
    return '"' + digest.hex() + '"';
  }
}
