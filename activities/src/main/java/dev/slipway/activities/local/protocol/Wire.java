package dev.slipway.activities.local.protocol;

import dev.slipway.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One JSON value a line, over a Unix socket. Reading and writing may be on different threads. */
public final class Wire implements AutoCloseable {
  private static final int MOST_BYTES = 4 << 20;

  private final SocketChannel channel;
  private final ByteBuffer unread = ByteBuffer.allocate(16 * 1024).flip();

  public Wire(SocketChannel channel) {
    this.channel = channel;
  }

  /** Sends one value. */
  public synchronized void write(Object message) throws IOException {
    var json = Json.bytes(message);
    var line = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
    while (line.hasRemaining()) {
      channel.write(line);
    }
  }

  /**
   * Waits for the next value.
   *
   * @throws EOFException when the other side has closed
   * @throws java.io.UncheckedIOException when the line is not of that type
   */
  public <T> T read(Class<T> type) throws IOException {
    var line = new ByteArrayOutputStream();
    while (true) {
      while (unread.hasRemaining()) {
        var next = unread.get();
        if (next == '\n') {
          return Json.read(line.toByteArray(), type);
        }
        line.write(next);
      }
      if (line.size() > MOST_BYTES) {
        throw new IOException("a message of more than " + MOST_BYTES + " bytes");
      }
      unread.clear();
      var count = channel.read(unread);
      unread.flip();
      if (count < 0) {
        throw new EOFException("the other side has closed the connection");
      }
    }
  }

  /** Says that nothing more will be sent; what the other side says can still be read. */
  public void hangUp() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
