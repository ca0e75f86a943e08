package dev.slipway.activities.local;

import dev.slipway.activities.store.Store;
import dev.slipway.artifact.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs alone, in memory: all that a target asks a store for. */
public final class MemoryStore implements Store {
  private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();

  @Override
  public Digest put(InputStream content) throws IOException {
    var bytes = content.readAllBytes();
    var digest = Digest.of(bytes);
    blobs.put(digest, bytes);
    return digest;
  }

  @Override
  public InputStream open(Digest digest) throws IOException {
    var bytes = blobs.get(digest);
    if (bytes == null) {
      throw new NoSuchFileException(digest.text());
    }
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public Optional<Long> size(Digest digest) {
    return Optional.ofNullable(blobs.get(digest)).map(bytes -> (long) bytes.length);
  }

  @Override
  public boolean create(String name, byte[] content) {
    throw new UnsupportedOperationException(name);
  }

  @Override
  public Optional<byte[]> read(String name) {
    throw new UnsupportedOperationException(name);
  }

  @Override
  public List<String> list(String folder) {
    throw new UnsupportedOperationException(folder);
  }

  @Override
  public LogWriter appendLog(String name) {
    throw new UnsupportedOperationException(name);
  }

  @Override
  public byte[] readLog(String name, long from, int most) {
    throw new UnsupportedOperationException(name);
  }

  @Override
  public String identity() {
    return "memory";
  }
}
