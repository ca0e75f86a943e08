package dev.slipway.activities.database.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;

/** Finds ports on loopback. */
final class Ports {
  // Below those that operating systems give to outgoing connections, so that it is free again after
  // a restart.
  private static final int LOWEST = 15_432;
  private static final int COUNT = 15_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ports() {}

  /** A port that nobody listens on. */
  static int free() throws IOException {
    for (var tries = 0; tries < 50; tries++) {
      var port = LOWEST + RANDOM.nextInt(COUNT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port between %d and %d".formatted(LOWEST, LOWEST + COUNT));
  }

  static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
