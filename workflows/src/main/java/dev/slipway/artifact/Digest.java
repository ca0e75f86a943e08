package dev.slipway.artifact;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The SHA-256 of some bytes, written {@code sha256:<64 hex digits>}. */
public record Digest(@JsonValue String text) implements Comparable<Digest> {
  private static final String PREFIX = "sha256:";
  private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException when the text is not of that form
   */
  @JsonCreator
  public Digest {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a SHA-256 digest: " + text);
    }
  }

  /** The digest of these bytes. */
  public static Digest of(byte[] bytes) {
    return ofHash(newHash().digest(bytes));
  }

  /** The digest whose 32 raw bytes are these. */
  public static Digest ofHash(byte[] hash) {
    return new Digest(PREFIX + HexFormat.of().formatHex(hash));
  }

  /** A new SHA-256 computation, for bytes that arrive as a stream. */
  public static MessageDigest newHash() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The 64 hex digits without the prefix. */
  public String hex() {
    return text.substring(PREFIX.length());
  }

  /** The first 12 hex digits, for people. */
  public String abbreviated() {
    return hex().substring(0, 12);
  }

  @Override
  public int compareTo(Digest other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
