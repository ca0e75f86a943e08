package dev.slipway.activities.store;

import dev.slipway.artifact.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Where artifacts, logs and records are kept.
 *
 * <p>Blobs are immutable and named by content. Records are small and written once. Logs grow while
 * a step works. Records and logs share one name space: a path of {@code [A-Za-z0-9._-]} segments,
 * none of which begins with a dot; another name is an {@link IllegalArgumentException}.
 */
public interface Store {
  /** Keeps the stream's bytes. The blob is there whole, or not at all, whatever dies meanwhile. */
  Digest put(InputStream content) throws IOException;

  /**
   * Opens a blob. Reading on to its end fails when the kept bytes are not those of the digest.
   *
   * @throws java.nio.file.NoSuchFileException when the store has no such blob
   */
  InputStream open(Digest digest) throws IOException;

  /** The blob's size in bytes, if the store has it. */
  Optional<Long> size(Digest digest) throws IOException;

  /** Writes a record if there is none of that name; atomically, also between processes. */
  boolean create(String name, byte[] content) throws IOException;

  /** Reads a record. */
  Optional<byte[]> read(String name) throws IOException;

  /**
   * The names of the records, logs and folders directly under a folder, in natural order: {@code 9}
   * before {@code 10}. The empty text is the root; a folder that is not there has none.
   */
  List<String> list(String folder) throws IOException;

  /** Opens a log for appending; what was written before stays. */
  LogWriter appendLog(String name) throws IOException;

  /** Reads a log from a byte on; empty at its present end, or when it was not begun. */
  byte[] readLog(String name, long from, int most) throws IOException;

  /** Names this store for as long as it lives, so that a worker notices that it has another one. */
  String identity() throws IOException;

  /** Appends whole lines to a log. */
  interface LogWriter extends AutoCloseable {
    /** Adds bytes; they can be read by others when this returns. */
    void append(byte[] bytes) throws IOException;

    @Override
    void close() throws IOException;
  }
}
