package dev.slipway.source;

import dev.slipway.artifact.Digest;
import dev.slipway.text.Printable;

/**
 * The commit that a run is about, as it is kept in the store.
 *
 * @param repository a folder or URL, for people; workers use the archive
 * @param commit the full hash
 * @param subject the first line of the commit's message
 * @param author name and address of the commit's author
 * @param archive a tar of the commit's files
 */
public record SourceRef(
    String repository, String commit, String subject, String author, Digest archive) {
  /** What a commit says of itself reaches terminals; it must not steer them. */
  public SourceRef {
    subject = Printable.of(subject);
    author = Printable.of(author);
  }

  /** The hash as people write it. */
  public String abbreviatedCommit() {
    return commit.substring(0, Math.min(8, commit.length()));
  }
}
