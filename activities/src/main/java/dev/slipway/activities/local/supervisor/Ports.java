package dev.slipway.activities.local.supervisor;

import dev.slipway.environment.EnvironmentId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Free ports of this machine below those that systems hand out for outgoing connections, so that
 * none is taken by a connection while a replica starts.
 */
final class Ports {
  private static final int FIRST_PUBLIC = 18_000;
  private static final int FIRST_REPLICA = 20_000;
  private static final int END = 32_000;
  private static final int TRIES = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Ports() {}

  /** A port for people: the same for the same name, if it is free. */
  static int forPeople(String name) throws IOException {
    var range = FIRST_REPLICA - FIRST_PUBLIC;
    var first = Math.floorMod(name.hashCode(), range);
    for (var step = 0; step < TRIES; step++) {
      var port = FIRST_PUBLIC + (first + step) % range;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port between " + FIRST_PUBLIC + " and " + FIRST_REPLICA);
  }

  /** A port for a replica. */
  static int forReplica() throws IOException {
    for (var step = 0; step < TRIES; step++) {
      var port = ThreadLocalRandom.current().nextInt(FIRST_REPLICA, END);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port between " + FIRST_REPLICA + " and " + END);
  }

  /** A supervisor that has just been killed may still hold it for a moment. */
  static void awaitFree(int port, EnvironmentId environment)
      throws IOException, InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isFree(port)) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "port %d, where people reach %s, is taken by another process"
                .formatted(port, environment));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** Whether nobody listens on it, on any address. */
  static boolean isFree(int port) {
    try (var any = new ServerSocket()) {
      any.setReuseAddress(true);
      any.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      return false;
    }
    try (var loopback = new ServerSocket()) {
      loopback.setReuseAddress(true);
      loopback.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
