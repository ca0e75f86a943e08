package dev.slipway.starter.local;

import dev.slipway.activities.home.Home;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Held by the server of a home from before its start until after its end, and by who must know that
 * none runs. The operating system frees it when its process dies.
 */
public final class ServerLock implements AutoCloseable {
  private final FileChannel channel;

  private ServerLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes it, if nobody has it. */
  public static Optional<ServerLock> take(Home home) throws IOException {
    home.create();
    var channel =
        FileChannel.open(home.serverLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (isTaken(channel)) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new ServerLock(channel));
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true; // by this very process
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
