package dev.slipway.activities.report;

import dev.slipway.artifact.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** A report's bytes as they were at one moment. */
final class ReportContent {
  private static final int MOST_BYTES = 32 << 20;

  private final String name;
  private final Path file;
  private final byte[] bytes;
  private final FileTime modified;

  private ReportContent(String name, Path file, byte[] bytes, FileTime modified) {
    this.name = name;
    this.file = file;
    this.bytes = bytes;
    this.modified = modified;
  }

  /** What tells whether a file was written since. */
  record Mark(long size, FileTime modified, Digest digest) {}

  static ReportContent read(Path directory, Path file)
      throws IOException, UnreadableReportException {
    var name = ReportFiles.name(directory, file);
    var modified = Files.getLastModifiedTime(file);
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new UnreadableReportException(
            name, "has more than %d MiB".formatted(MOST_BYTES >> 20));
      }
      return new ReportContent(name, file, bytes, modified);
    }
  }

  /** Its path in the step's directory. */
  String name() {
    return name;
  }

  Path file() {
    return file;
  }

  /** Its own bytes, which nobody changes. */
  byte[] bytes() {
    return bytes;
  }

  Mark mark() {
    return new Mark(bytes.length, modified, Digest.of(bytes));
  }

  /** The folder that it stands in, empty for the step's directory. */
  String folder() {
    return name.substring(0, Math.max(0, name.lastIndexOf('/')));
  }
}
