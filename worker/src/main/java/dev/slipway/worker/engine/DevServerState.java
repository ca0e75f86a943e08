package dev.slipway.worker.engine;

import dev.slipway.activities.home.RunningProcess;
import dev.slipway.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept beside the development server's data: its ports, so that addresses stay, and its
 * process, so that one whose parent was killed is found.
 */
record DevServerState(int port, int uiPort, @Nullable RunningProcess process) {
  private static final String FILE = "devserver.json";

  static Optional<DevServerState> read(Path folder) throws IOException {
    var file = folder.resolve(FILE);
    return Files.exists(file)
        ? Optional.of(Json.read(Files.readAllBytes(file), DevServerState.class))
        : Optional.empty();
  }

  void write(Path folder) throws IOException {
    var draft = folder.resolve(FILE + ".new");
    Files.write(draft, Json.bytes(this));
    Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The same ports where they are free, and others where something else took them. */
  DevServerState withFreePorts() throws IOException {
    return new DevServerState(freePort(port), freePort(uiPort), null);
  }

  DevServerState withProcess(RunningProcess running) {
    return new DevServerState(port, uiPort, running);
  }

  private static int freePort(int wanted) throws IOException {
    try (var socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      if (wanted == 0) {
        throw e;
      }
      return freePort(0);
    }
  }
}
