package dev.slipway.activities.archive;

/**
 * How much an archive may hold.
 *
 * @param entries files, folders and links
 * @param bytes of all files together
 */
public record ArchiveLimits(long entries, long bytes) {
  /** More than any application needs, less than fills a disk unnoticed. */
  public static final ArchiveLimits DEFAULT = new ArchiveLimits(500_000, 8L << 30);
}
