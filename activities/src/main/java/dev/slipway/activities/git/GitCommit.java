package dev.slipway.activities.git;

/**
 * A commit.
 *
 * @param hash all 40 digits, or 64
 * @param subject the first line of its message
 * @param author name and address
 */
public record GitCommit(String hash, String subject, String author) {
  /** The hash as people write it. */
  public String abbreviated() {
    return hash.substring(0, Math.min(8, hash.length()));
  }
}
