package dev.slipway.activities.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a server and can be taken away, with every connection, and put back. */
final class TcpProxy implements AutoCloseable {
  private final InetSocketAddress behind;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket door;

  TcpProxy(String host, int port) throws IOException {
    this.behind = new InetSocketAddress(host, port);
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.port = door.getLocalPort();
    serve(door);
  }

  int port() {
    return port;
  }

  void cut() throws IOException {
    door.close();
    for (var socket : open) {
      socket.close();
    }
    open.clear();
  }

  void restore() throws IOException {
    var fresh = new ServerSocket();
    fresh.setReuseAddress(true);
    fresh.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    door = fresh;
    serve(fresh);
  }

  private void serve(ServerSocket at) {
    var _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!at.isClosed()) {
                    try {
                      join(at.accept());
                    } catch (IOException closed) {
                      // Its end is seen by the loop.
                      Thread.onSpinWait();
                    }
                  }
                });
  }

  private void join(Socket client) throws IOException {
    var server = new Socket();
    server.connect(behind);
    open.add(client);
    open.add(server);
    pump(client, server);
    pump(server, client);
  }

  private static void pump(Socket from, Socket to) {
    var _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (from;
                      to) {
                    var _ = from.getInputStream().transferTo(to.getOutputStream());
                  } catch (IOException closed) {
                    // Both ends are closed by now.
                    Thread.onSpinWait();
                  }
                });
  }

  @Override
  public void close() {
    try {
      cut();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
