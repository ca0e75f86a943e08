package dev.slipway.activities.step;

import dev.slipway.activities.store.Store;
import java.io.IOException;
import java.io.InputStream;

/** A log's bytes from its begin to its present end. */
final class LogStream extends InputStream {
  private static final int MOST = 1 << 16;

  private final Store store;
  private final String name;
  private long next;

  LogStream(Store store, String name) {
    this.store = store;
    this.name = name;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int most) throws IOException {
    var bytes = store.readLog(name, next, Math.min(most, MOST));
    if (bytes.length == 0 && most > 0) {
      return -1;
    }
    System.arraycopy(bytes, 0, target, from, bytes.length);
    next += bytes.length;
    return bytes.length;
  }
}
